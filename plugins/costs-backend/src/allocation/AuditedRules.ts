import type {
  ReallocationsQuery,
  RuleOrder,
} from '@waymark/plugin-costs-common';
import type { Audit } from '../audit/Audit';
import type { Caller } from '../import/ImportsService';
import type { RulesService } from './RulesService';

/** Writes down who changed to whom money goes, what it was before, and what was refused. */
export class AuditedRules implements RulesService {
  readonly #rules: RulesService;
  readonly #audit: Audit;

  constructor(rules: RulesService, audit: Audit) {
    this.#rules = rules;
    this.#audit = audit;
  }

  rules(caller: Caller) {
    return this.#rules.rules(caller);
  }

  preview(order: RuleOrder, caller: Caller) {
    return this.#rules.preview(order, caller);
  }

  change(order: RuleOrder, caller: Caller) {
    const { from, to, reason = null, rules } = order;
    const asked = { from, to, reason, asked: rules };
    return this.#audit.note('rules-set', asked, caller, async () => {
      const result = await this.#rules.change(order, caller);
      const { before, reallocation } = result;
      return { result, meta: { id: reallocation.id, before } };
    });
  }

  reallocations(query: ReallocationsQuery, caller: Caller) {
    return this.#rules.reallocations(query, caller);
  }

  reallocation(id: string, caller: Caller) {
    return this.#rules.reallocation(id, caller);
  }
}
