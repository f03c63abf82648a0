import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Knex } from 'knex';
import type { RawHistory } from '../rawFacts';

const sqlOf = (station: string) =>
  readFile(resolve(__dirname, `${station}.sql`), 'utf8');

const renamed = (fact: object, rename: (key: string) => string) =>
  Object.fromEntries(
    Object.entries(fact).map(([key, value]) => [rename(key), value]),
  );

const inSnakeCase = (fact: object) =>
  renamed(fact, key => key.replace(/[A-Z]/g, at => `_${at.toLowerCase()}`));

const inCamelCase = (row: object) =>
  renamed(row, key => key.replace(/_./g, at => at[1].toUpperCase()));

/** Two dates as the calendar of the zone shows them, or two instants; `to` is not part of it. */
export type ReferencePeriod = { zone: string; from: string; to: string };

export type ReferenceSwitches = {
  environment: number;
  leadTimeClock: 'firstCommit' | 'opened' | 'merged';
  recoveryClock: 'deployment' | 'incident';
  failedAttempts: 'count' | 'ignore';
  /** Fewer rows than this are too few. */
  minimumSample: number;
};

export type ReferenceMetric = {
  state: 'measured' | 'insufficient' | 'none';
  n: number;
  value: number | null;
  counted?: number;
  open?: number;
  excluded?: number;
  percentiles: { p50: number; p75: number; p90: number } | null;
};

/** The tables of what follows from the facts. */
export type ReferenceTable = 'deliveries' | 'conclusions' | 'blames';

/**
 * All that is concluded and measured, calculated a second time in plain SQL
 * over the raw facts. It shares nothing with the product: neither its language
 * nor its calendar nor its way of adding up. It stands in the schema
 * `reference` of a test's database.
 */
export class Reference {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static async create(
    knex: Knex,
    settings: {
      production: number;
      baselineMs: number;
      incidentWindowMs: number;
    },
  ): Promise<Reference> {
    await knex.raw('drop schema if exists reference cascade');
    await knex.raw('create schema reference');
    await knex.raw(await sqlOf('facts'));
    await knex.raw('insert into reference.settings values (?, ?, ?)', [
      settings.production,
      settings.baselineMs,
      settings.incidentWindowMs,
    ]);
    return new Reference(knex);
  }

  /** Takes the facts that the product keeps. */
  async readTables(): Promise<void> {
    await this.#knex.raw(await sqlOf('fromTables'));
  }

  /** Takes histories as they are told, each of the component at its key. */
  async readHistories(histories: Record<string, RawHistory>): Promise<void> {
    for (const table of ['deployments', 'changes', 'incidents'] as const) {
      const facts = Object.entries(histories).flatMap(([service, history]) =>
        history[table].map(fact => ({ service, ...fact })),
      );
      await this.#knex.raw(
        `insert into reference.${table}
        select * from jsonb_populate_recordset(null::reference.${table}, ?)`,
        [JSON.stringify(facts.map(inSnakeCase))],
      );
    }
  }

  /** Draws all conclusions; asked for once, when the facts are there. */
  async conclude(): Promise<void> {
    await this.#knex.raw(await sqlOf('conclusions'));
    await this.#knex.raw(await sqlOf('measures'));
  }

  /** The rows of a table, its columns named as in TypeScript. */
  async rowsOf<T>(
    table: ReferenceTable | keyof RawHistory,
  ): Promise<(T & { service: string })[]> {
    const { rows } = await this.#knex.raw<{ rows: { row: object }[] }>(
      `select to_jsonb(t) as row from reference.${table} t`,
    );
    return rows.map(({ row }) => inCamelCase(row) as T & { service: string });
  }

  /** The five metrics of some components in a period. */
  async measure(
    services: string[],
    period: ReferencePeriod,
    { environment, minimumSample, ...switches }: ReferenceSwitches,
  ): Promise<Record<string, ReferenceMetric>> {
    const { rows } = await this.#knex.raw(
      'select reference.measure(?, ?, ?, ?, ?) as metrics',
      [
        services,
        environment,
        JSON.stringify(period),
        JSON.stringify(switches),
        minimumSample,
      ],
    );
    return rows[0].metrics;
  }

  /** The steps that dates are divided into, each with the date it ends before. */
  async steps(
    [from, to]: string[],
    step: 'day' | 'week' | 'month',
    weekStart: string,
  ): Promise<{ key: string; until: string }[]> {
    const { rows } = await this.#knex.raw(
      'select * from reference.steps(?, ?, ?, ?)',
      [from, to, step, weekStart],
    );
    return rows;
  }

  /** On how many days of a zone something succeeded. */
  async deploymentDays(
    service: string,
    period: ReferencePeriod,
    environment: number,
  ): Promise<number> {
    const { rows } = await this.#knex.raw(
      `select count(distinct reference.day_of(at, ?))::int as days
      from reference.conclusions
      where service = ? and environment = ? and succeeded
        and reference.is_in(at, ?)`,
      [period.zone, service, environment, JSON.stringify(period)],
    );
    return rows[0].days;
  }
}
