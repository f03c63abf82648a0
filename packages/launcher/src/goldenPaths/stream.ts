import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Database } from '../postgres/server.ts';
import { freePort } from '../ports.ts';
import { startTestDatabase } from '../testing/databases.ts';
import { Broker } from './broker.ts';
import { RunningProgram } from './runningProgram.ts';
import {
  development,
  requestId,
  traceId,
  type RunningService,
} from './runningService.ts';
import { runIn, type Repository } from './step.ts';
import type { Workload } from './workload.ts';

const execute = promisify(execFile);

const topic = 'notes';
const group = 'reader';

/** An event of the example; what is left out is as its repository sends it. */
export type SentEvent = {
  id: string;
  key?: string;
  revision?: number;
  /** Bytes in the place of an event that fits the schema. */
  raw?: string;
  headers?: Record<string, string>;
};

/** What a line about an event says became of it. */
export function outcomesOf(service: RunningService, id: string): string[] {
  return service
    .logs()
    .filter(line => line.msg === 'event settled' && line.event_id === id)
    .map(line => String(line.outcome));
}

/**
 * What a consumer of events needs around it: a real Kafka, a real PostgreSQL,
 * and the fake schema registry that its own repository brings, because none
 * can be had from the registries of packages.
 */
export class Stream implements Workload {
  readonly deadLetters = `${topic}.${group}.dead`;
  readonly metric = 'messaging.process.duration';
  readonly broker: Broker;
  readonly #repository: Repository;
  readonly #database: Database;
  readonly #registry: RunningProgram;
  readonly #registryUrl: string;
  #sent = 0;

  private constructor(
    repository: Repository,
    broker: Broker,
    database: Database,
    registry: { program: RunningProgram; url: string },
  ) {
    this.#repository = repository;
    this.broker = broker;
    this.#database = database;
    this.#registry = registry.program;
    this.#registryUrl = registry.url;
  }

  /** @param jars - the class path of Kafka */
  static async start(repository: Repository, jars: string): Promise<Stream> {
    const folder = `${repository.folder}-stream`;
    await fs.rm(folder, { recursive: true, force: true });
    await fs.mkdir(folder, { recursive: true });
    await runIn(repository, 'dev', 'go', [
      ...['build', '-o', 'bin/dev', './cmd/dev'],
    ]);
    const broker = await Broker.start(jars, folder);
    const database = await startTestDatabase('golden-path-postgres');
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const program = new RunningProgram(
      'The schema registry',
      path.join(repository.folder, 'bin/dev'),
      ['registry', '-port', String(port)],
      { cwd: folder },
    );
    const stream = new Stream(repository, broker, database, { program, url });
    try {
      await program.untilAnswers(`${url}/subjects`);
      await stream.#dev('topics', '-topic', topic, '-group', group);
      await stream.query('drop table if exists notes, processed_events');
      return stream;
    } catch (error) {
      await stream.stop();
      throw error;
    }
  }

  get databaseUrl(): string {
    const { user, password, host, port, database } = this.#database;
    return `postgres://${user}:${password}@${host}:${port}/${database}`;
  }

  get settings(): NodeJS.ProcessEnv {
    return {
      ...development,
      KAFKA_BROKERS: this.broker.address,
      KAFKA_SECURITY: 'plaintext',
      KAFKA_TOPIC: topic,
      KAFKA_GROUP: group,
      SCHEMA_REGISTRY_URL: this.#registryUrl,
      DATABASE_URL: this.databaseUrl,
      RETRY_DELAYS: '300ms,600ms',
    };
  }

  async #dev(command: string, ...args: string[]): Promise<void> {
    await execute(path.join(this.#repository.folder, 'bin/dev'), [
      ...[command, ...args],
      ...(command === 'send' ? ['-registry', this.#registryUrl] : []),
      ...['-brokers', this.broker.address],
    ]);
  }

  async send(event: SentEvent): Promise<void> {
    const { id, key = 'opening-hours', revision = 1, raw, headers } = event;
    await this.#dev(
      ...['send', '-topic', topic, '-id', id, '-key', key],
      ...['-revision', String(revision)],
      ...(raw ? ['-raw', raw] : []),
      ...(headers
        ? [
            '-headers',
            Object.entries(headers)
              .map(([name, value]) => `${name}=${value}`)
              .join(','),
          ]
        : []),
    );
  }

  /** Rows of what the service keeps. */
  async query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Waits until events had these outcomes. */
  async settles(
    service: RunningService,
    id: string,
    ...outcomes: string[]
  ): Promise<void> {
    await service.until(
      `${id} is ${outcomes.join(', ')}`,
      () => outcomesOf(service, id).join() === outcomes.join(),
    );
  }

  async use(service: RunningService): Promise<void> {
    await this.send({
      id: 'traced',
      key: 'traced',
      headers: {
        'x-request-id': requestId,
        traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      },
    });
    await this.settles(service, 'traced', 'done');
  }

  async again(): Promise<void> {
    this.#sent += 1;
    await this.send({ id: `again ${this.#sent}`, key: `${this.#sent}` });
  }

  async stop(): Promise<void> {
    await this.#registry.stop();
    await this.#database.stop();
    await this.broker.stop();
  }
}
