import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type {
  ExceptionsQuery,
  ExceptionVerdict,
  NewException,
  RuleResult,
} from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { AuditTrail } from '../audit/AuditTrail';
import type { Approvers } from '../decisions/Approvers';
import {
  dayOf,
  type ExceptionRow,
  type ExceptionStore,
} from '../decisions/ExceptionStore';
import { isHouseRule } from '../decisions/houseRules';
import type { Actors, Caller } from '../requests/people';
import type { ResourceRow } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import type { ExceptionsService } from './ExceptionsService';
import { objectionToDeciding, stateOf, toException } from './toException';

/** What the service works with. */
type Parts = {
  knex: Knex;
  actors: Actors;
  approvers: Approvers;
  audit: AuditTrail;
  exceptions: ExceptionStore;
  requests: RequestStore;
  /** How many days an exception may hold at most. */
  longestDays: number;
  now?: () => Date;
};

const dayMs = 86_400_000;

/** {@inheritDoc ExceptionsService} */
export class DefaultExceptionsService implements ExceptionsService {
  readonly #parts: Parts;
  readonly #now: () => Date;

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => new Date());
  }

  static create(parts: Parts): DefaultExceptionsService {
    return new DefaultExceptionsService(parts);
  }

  async list(query: ExceptionsQuery, caller: Caller) {
    const view = await this.#view(caller);
    const { rows, total } = await this.#parts.exceptions.list(
      query,
      view.today,
    );
    return { items: rows.map(row => toException(row, view)), total };
  }

  async get(id: string, caller: Caller) {
    const row = await this.#parts.exceptions.get(id);
    return toException(row, await this.#view(caller));
  }

  async deciders(caller: Caller) {
    const { actors, approvers } = this.#parts;
    return approvers.keepersBut((await actors.of(caller)).ref);
  }

  async ask(wanted: NewException, caller: Caller): Promise<string> {
    const { actors, audit, exceptions, knex } = this.#parts;
    const { rule, until, reason } = wanted;
    this.#requireDay(until);
    if (isHouseRule(rule)) {
      throw new InputError(
        `${rule} knows no exceptions; its message says what to do instead`,
      );
    }
    const by = await actors.of(caller);
    const { resource, finding, ...scope } = await this.#subjectOf(wanted);
    const id = randomUUID();
    await knex.transaction(async tx => {
      const { number } = await exceptions.add(tx, {
        ...scope,
        id,
        rule,
        offering: resource.offering,
        environment: resource.environment,
        name: resource.name,
        owner_ref: resource.owner_ref,
        reason: reason.trim(),
        until,
        state: 'pending',
        finding,
        asked_by: by.ref,
      });
      await audit.append(tx, [
        {
          action: 'exception.asked',
          by: by.ref,
          ...(wanted.request && { request: wanted.request }),
          resource: resource.id,
          detail: { exception: number, rule, until, text: reason.trim() },
        },
      ]);
    });
    return id;
  }

  async decide(
    id: string,
    said: ExceptionVerdict,
    caller: Caller,
  ): Promise<void> {
    const { actors, approvers } = this.#parts;
    const by = await actors.of(caller);
    const deciders = await approvers.platformTeam();
    await this.#change(id, async (tx, row) => {
      const state = stateOf(row, dayOf(this.#now()));
      if (state !== 'pending') {
        throw new ConflictError(
          `Exception ${row.number} is ${state}; there is nothing to decide`,
        );
      }
      const objection = objectionToDeciding(row, by, deciders);
      if (objection) throw new NotAllowedError(objection);
      const until = said.until ?? row.until;
      if (said.until) {
        this.#requireDay(until);
        if (until > row.until) {
          throw new InputError(
            `until may be ${row.until}, which was asked for, or a sooner day`,
          );
        }
      }
      await this.#parts.exceptions.change(tx, id, {
        state: said.verdict === 'grant' ? 'granted' : 'refused',
        until,
        decided_by: by.ref,
        decided_at: this.#now(),
        comment: said.comment?.trim() || null,
      });
      return {
        action: `exception.${said.verdict === 'grant' ? 'granted' : 'refused'}`,
        by: by.ref,
        detail: { until, ...(said.comment && { comment: said.comment }) },
      };
    });
  }

  async end(id: string, caller: Caller): Promise<void> {
    const { actors } = this.#parts;
    const by = await actors.of(caller);
    const view = await this.#view(caller);
    await this.#change(id, async (tx, row) => {
      const { may, state } = toException(row, view);
      if (state !== 'pending' && state !== 'granted') {
        throw new ConflictError(`Exception ${row.number} is ${state} already`);
      }
      if (!may.end) {
        throw new NotAllowedError(
          state === 'pending'
            ? `Who asked for it may take it back: ${row.asked_by}`
            : `It may be ended by ${row.owner_ref} or the platform team`,
        );
      }
      const ended = state === 'pending' ? 'withdrawn' : 'revoked';
      await this.#parts.exceptions.change(tx, id, {
        state: ended,
        ended_by: by.ref,
        ended_at: this.#now(),
      });
      return { action: `exception.${ended}`, by: by.ref, detail: {} };
    });
  }

  async #view(caller: Caller) {
    const { actors, approvers } = this.#parts;
    const [by, deciders] = await Promise.all([
      actors.of(caller),
      approvers.platformTeam(),
    ]);
    return {
      by,
      deciders,
      withoutOthers: approvers.withoutKeepers,
      today: dayOf(this.#now()),
    };
  }

  /** What the rule has against a request or a resource. */
  async #subjectOf(wanted: NewException): Promise<
    Pick<ExceptionRow, 'scope'> & {
      request_id?: string;
      resource_id?: string;
      resource: ResourceRow;
      finding: RuleResult;
    }
  > {
    const { requests } = this.#parts;
    if (wanted.request && !wanted.resource) {
      const { request, resource } = await requests.order(wanted.request);
      return {
        scope: 'request',
        request_id: request.id,
        resource,
        finding: open(wanted.rule, request.decision?.rules ?? []),
      };
    }
    if (wanted.resource && !wanted.request) {
      const resource = await requests.resource(wanted.resource);
      return {
        scope: 'resource',
        resource_id: resource.id,
        resource,
        finding: open(wanted.rule, await this.#foundOn(resource.id)),
      };
    }
    throw new InputError('Name either the request or the resource');
  }

  async #foundOn(resourceId: string): Promise<RuleResult[]> {
    const rows: { details: RuleResult[] }[] = await this.#parts
      .knex('judgement_rules as f')
      .join('judgements as j', 'j.id', 'f.judgement_id')
      .where({ 'j.resource_id': resourceId, 'j.until': null })
      .select('f.details');
    return rows.flatMap(({ details }) => details);
  }

  #requireDay(until: string): void {
    const today = this.#now();
    const last = dayOf(
      new Date(today.getTime() + this.#parts.longestDays * dayMs),
    );
    if (until < dayOf(today) || until > last) {
      throw new InputError(
        `until must be a day from ${dayOf(today)} to ${last}`,
      );
    }
  }

  /** Does something to an exception that nobody else touches meanwhile, writes it down, and has what it is for judged anew. */
  async #change(
    id: string,
    act: (
      tx: Knex.Transaction,
      row: ExceptionRow,
    ) => Promise<Parameters<AuditTrail['append']>[1][number]>,
  ): Promise<void> {
    const { audit, exceptions, knex } = this.#parts;
    await knex.transaction(async tx => {
      const row = await exceptions.lock(tx, id);
      const event = await act(tx, row);
      await exceptions.judgeAnew(tx, row);
      await audit.append(tx, [
        {
          ...event,
          ...(row.request_id && { request: row.request_id }),
          ...(row.resource_id && { resource: row.resource_id }),
          detail: { exception: row.number, rule: row.rule, ...event.detail },
        },
      ]);
    });
  }
}

/** What a rule says and nothing lets be yet. @throws InputError */
function open(rule: string, results: RuleResult[]): RuleResult {
  const finding = results.find(
    result =>
      result.rule === rule && result.effect !== 'warn' && !result.exception,
  );
  if (!finding) {
    throw new InputError(`${rule} has nothing against it that is still open`);
  }
  return finding;
}
