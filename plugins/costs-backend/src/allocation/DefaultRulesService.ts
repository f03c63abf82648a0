import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  Reallocation,
  ReallocationPage,
  ReallocationsQuery,
  RuleChange,
  RuleOrder,
  RuleSet,
} from '@waymark/plugin-costs-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { callerName } from '@waymark/plugin-authorization-node';
import { requirePeriod } from '../charges/days';
import { takeTime } from '../charges/takeTime';
import type { Caller } from '../import/ImportsService';
import type { Allocator } from './Allocator';
import { compareSpend } from './compareSpend';
import type { ReallocationStore } from './ReallocationStore';
import { requireBearers } from './requireBearers';
import { readRules } from './rules';
import type { RulesService, RulesWrite } from './RulesService';
import type { RuleStore } from './RuleStore';
import { measureTables, temporaryTables } from './tables';

/** Says what rules would change, and has them put in force. */
export class DefaultRulesService implements RulesService {
  readonly #knex: Knex;
  readonly #rules: RuleStore;
  readonly #reallocations: ReallocationStore;
  readonly #allocator: Allocator;
  readonly #onChange: () => void;

  /** @param options.onChange - called when there are rules to be put in force */
  constructor(options: {
    knex: Knex;
    rules: RuleStore;
    reallocations: ReallocationStore;
    allocator: Allocator;
    onChange: () => void;
  }) {
    this.#knex = options.knex;
    this.#rules = options.rules;
    this.#reallocations = options.reallocations;
    this.#allocator = options.allocator;
    this.#onChange = options.onChange;
  }

  async rules(): Promise<RuleSet> {
    return this.#rules.current(this.#knex);
  }

  async preview(order: RuleOrder): Promise<RuleChange> {
    const { rules, measure } = await this.#read(order);
    return this.#knex.transaction(async tx => {
      await this.#requireNewest(tx, order);
      const bills = await this.#reallocations.bills(tx, order);
      const tables = await temporaryTables(tx);
      return takeTime(tx, async () => {
        await this.#allocator.decide(tx, tables, bills, rules);
        await measureTables(tx, tables);
        return compareSpend(tx, tables, bills, measure);
      });
    });
  }

  async change(order: RuleOrder, caller: Caller): Promise<RulesWrite> {
    const asked = {
      ...(await this.#read(order)),
      reason: order.reason?.trim() || null,
      id: randomUUID(),
      createdBy: callerName(caller.credentials),
    };
    const before = await this.#knex.transaction(async tx => {
      await this.#reallocations.lock(tx);
      const open = await this.#reallocations.open(tx);
      if (open) {
        throw new ConflictError(
          `The rules of ${open.createdBy} are being put in force since ${open.createdAt}; wait for reallocation ${open.id}, look at them and change those`,
        );
      }
      const { rules } = await this.#requireNewest(tx, order);
      await this.#reallocations.add(tx, asked);
      return rules;
    });
    this.#onChange();
    return { before, reallocation: await this.reallocation(asked.id) };
  }

  async reallocations({
    limit = 50,
    offset = 0,
  }: ReallocationsQuery): Promise<ReallocationPage> {
    return this.#reallocations.list({ limit, offset });
  }

  async reallocation(id: string): Promise<Reallocation> {
    const found = await this.#reallocations.find(id);
    if (!found) throw new NotFoundError(`There is no reallocation ${id}`);
    return found;
  }

  async #read(order: RuleOrder) {
    const { from, to, measure = 'BilledCost' } = order;
    requirePeriod(from, to);
    const rules = readRules(order.rules);
    await requireBearers(this.#knex, rules);
    return { rules, from, to, measure };
  }

  async #requireNewest(tx: Knex, { basedOn }: RuleOrder): Promise<RuleSet> {
    const now = await this.#rules.current(tx);
    if (basedOn !== undefined && basedOn !== now.id) {
      throw new ConflictError(
        `Somebody else changed the rules at ${now.changedAt}; look at theirs and change those`,
      );
    }
    return now;
  }
}
