import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { callerName } from '@waymark/plugin-authorization-node';
import type {
  Exception,
  ExceptionPage,
  ExceptionsQuery,
  ExceptionVerdict,
  NewException,
} from '@waymark/plugin-golden-paths-common';
import type { Caller } from '../caller';
import type { ExceptionRow, ExceptionStore } from '../fleet/ExceptionStore';
import type { ServiceStore } from '../fleet/ServiceStore';
import type { Exceptions } from './Exceptions';

/** What has not ended after half a year is no exception. */
const longestDays = 183;
const dayMs = 86_400_000;

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

/** Keeps what was asked for, and what was decided. */
export class DefaultExceptions implements Exceptions {
  readonly #store: ExceptionStore;
  readonly #services: ServiceStore;
  readonly #onChanged: () => Promise<void>;

  private constructor(options: ExceptionsOptions) {
    this.#store = options.store;
    this.#services = options.services;
    this.#onChanged = options.onChanged;
  }

  static create(options: ExceptionsOptions): DefaultExceptions {
    return new DefaultExceptions(options);
  }

  async list(query: ExceptionsQuery): Promise<ExceptionPage> {
    const { limit = 50, offset = 0, ...filter } = query;
    const { items, total } = await this.#store.list(filter, { limit, offset });
    return { items: items.map(toException), total };
  }

  async find(id: string): Promise<Exception> {
    await this.#store.expire();
    const row = await this.#store.find(id);
    if (!row) throw new NotFoundError(`There is no exception ${id}`);
    return toException(row);
  }

  async ask(wanted: NewException, caller: Caller): Promise<Exception> {
    const { entityRef, kind, reason, until } = wanted;
    requireDay(until);
    const service = await this.#services.find(entityRef);
    if (!service) {
      throw new NotFoundError(
        `The portal knows no service ${entityRef}; one that was just registered is known within a minute`,
      );
    }
    if (kind === 'version' && !service.template) {
      throw new InputError(
        `${entityRef} is on no golden path, so no version is required of it. Ask for an exception from golden paths`,
      );
    }
    if (kind === 'golden-path' && service.template) {
      throw new InputError(
        `${entityRef} is on ${service.template}, so it needs no exception from golden paths. Ask for one from its version`,
      );
    }
    const row = await this.#store.add({
      entity_ref: entityRef,
      title: service.title,
      owner: service.owner,
      kind,
      reason: reason.trim(),
      until,
      asked_by: callerName(caller.credentials),
    });
    if (!row) {
      throw new ConflictError(
        `An exception of ${entityRef} is open already; look at it, or end it first`,
      );
    }
    return this.#changed(row);
  }

  async decide(
    id: string,
    { verdict, comment, until }: ExceptionVerdict,
    caller: Caller,
  ): Promise<Exception> {
    const asked = await this.find(id);
    const by = callerName(caller.credentials);
    if (asked.askedBy === by) {
      throw new NotAllowedError(
        'Whoever asked for an exception does not decide on it',
      );
    }
    if (until) {
      requireDay(until);
      if (until > asked.until) {
        throw new InputError(
          `until may be ${asked.until}, which was asked for, or a sooner day`,
        );
      }
    }
    const row = await this.#store.change(id, ['pending'], {
      state: verdict === 'grant' ? 'granted' : 'refused',
      until: until ?? asked.until,
      decided_by: by,
      decided_at: this.#store.now,
      comment: comment?.trim() || null,
    });
    if (!row) throw this.#closed(asked);
    return this.#changed(row);
  }

  async end(id: string, caller: Caller): Promise<Exception> {
    const open = await this.find(id);
    const row = await this.#store.change(id, [open.state].filter(isOpen), {
      state: open.state === 'pending' ? 'withdrawn' : 'revoked',
      ended_by: callerName(caller.credentials),
      ended_at: this.#store.now,
    });
    if (!row) throw this.#closed(open);
    return this.#changed(row);
  }

  #closed({ state }: Exception): ConflictError {
    return new ConflictError(`The exception is ${state}`);
  }

  async #changed(row: ExceptionRow): Promise<Exception> {
    await this.#onChanged();
    return toException(row);
  }
}

function isOpen(state: Exception['state']): boolean {
  return state === 'pending' || state === 'granted';
}

/** @throws InputError */
function requireDay(until: string): void {
  const now = Date.now();
  const first = dayOf(new Date(now));
  const last = dayOf(new Date(now + longestDays * dayMs));
  if (!isDay(until) || until < first || until > last) {
    throw new InputError(`until must be a day from ${first} to ${last}`);
  }
}

/** The form is checked by the API document; that there is such a day is not. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && dayOf(date) === text;
}

function toException(row: ExceptionRow): Exception {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    title: row.title,
    kind: row.kind,
    reason: row.reason,
    until: row.until,
    state: row.state,
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
    ...(row.owner ? { owner: row.owner } : {}),
    ...(row.decided_by ? { decidedBy: row.decided_by } : {}),
    ...(row.decided_at ? { decidedAt: row.decided_at.toISOString() } : {}),
    ...(row.comment ? { comment: row.comment } : {}),
    ...(row.ended_by ? { endedBy: row.ended_by } : {}),
    ...(row.ended_at ? { endedAt: row.ended_at.toISOString() } : {}),
  };
}

type ExceptionsOptions = {
  store: ExceptionStore;
  services: ServiceStore;
  /** Called after an exception was asked for, decided or ended. */
  onChanged: () => Promise<void>;
};
