import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Delegation,
  NewDelegation,
} from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { AuditTrail } from '../audit/AuditTrail';
import type {
  DelegationRow,
  DelegationStore,
} from '../requests/DelegationStore';
import type { Actors, Caller } from '../requests/people';
import type {
  DelegationsScope,
  DelegationsService,
} from './DelegationsService';

/** Longer than that it is a change of role, which the catalog says. */
const longestDays = 92;
const dayMs = 86_400_000;

function stateOf(row: DelegationRow, today: string): Delegation['state'] {
  if (row.ended_at) return 'ended';
  if (row.until_day < today) return 'over';
  return row.from_day > today ? 'planned' : 'holds';
}

/** {@inheritDoc DelegationsService} */
export class DefaultDelegationsService implements DelegationsService {
  readonly #knex: Knex;
  readonly #actors: Actors;
  readonly #audit: AuditTrail;
  readonly #catalog: CatalogService;
  readonly #delegations: DelegationStore;

  constructor(options: {
    knex: Knex;
    actors: Actors;
    audit: AuditTrail;
    catalog: CatalogService;
    delegations: DelegationStore;
  }) {
    this.#knex = options.knex;
    this.#actors = options.actors;
    this.#audit = options.audit;
    this.#catalog = options.catalog;
    this.#delegations = options.delegations;
  }

  async list(caller: Caller, scope: DelegationsScope = 'own') {
    const { ref } = await this.#actors.of(caller);
    const rows = await this.#delegations.list(
      scope === 'own' ? ref : undefined,
    );
    return rows.map(row => this.#toDelegation(row, ref));
  }

  async get(id: string, caller: Caller) {
    const { ref } = await this.#actors.of(caller);
    return this.#toDelegation(await this.#delegations.get(id), ref);
  }

  async delegate(wanted: NewDelegation, caller: Caller): Promise<string> {
    const { ref: by } = await this.#actors.of(caller);
    const { to, from, until, reason } = wanted;
    const today = this.#delegations.today();
    if (until < from || until < today) {
      throw new InputError(
        'until must be a day from today on, and not before from',
      );
    }
    if (Date.parse(until) - Date.parse(from) > longestDays * dayMs) {
      throw new InputError(
        `A stand-in is for at most ${longestDays} days; a longer change of role belongs into the catalog`,
      );
    }
    if (to === by) throw new InputError('to must be somebody else');
    // As the caller: nobody learns of whom they may not see.
    if (!(await this.#catalog.getEntityByRef(to, caller))) {
      throw new InputError(`to: ${to} is not in the catalog`);
    }
    const id = randomUUID();
    await this.#knex.transaction(async tx => {
      await this.#delegations.add(tx, {
        id,
        by_ref: by,
        to_ref: to,
        from_day: from,
        until_day: until,
        reason: reason?.trim() || null,
      });
      await this.#audit.append(tx, [
        { action: 'delegation.made', by, detail: { id, to, from, until } },
      ]);
    });
    return id;
  }

  async end(id: string, caller: Caller): Promise<void> {
    const { ref } = await this.#actors.of(caller);
    const row = await this.#delegations.get(id);
    if (row.by_ref !== ref) {
      throw new NotAllowedError(`${row.by_ref} made it, and may end it`);
    }
    await this.#knex.transaction(async tx => {
      if (!(await this.#delegations.end(tx, id))) {
        throw new ConflictError('It was ended already');
      }
      await this.#audit.append(tx, [
        {
          action: 'delegation.ended',
          by: ref,
          detail: { id, to: row.to_ref },
        },
      ]);
    });
  }

  #toDelegation(row: DelegationRow, person: string): Delegation {
    const state = stateOf(row, this.#delegations.today());
    return {
      id: row.id,
      by: row.by_ref,
      to: row.to_ref,
      from: row.from_day,
      until: row.until_day,
      ...(row.reason && { reason: row.reason }),
      state,
      may: {
        end: row.by_ref === person && ['planned', 'holds'].includes(state),
      },
    };
  }
}
