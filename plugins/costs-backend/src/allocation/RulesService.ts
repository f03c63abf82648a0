import type {
  RuleChange,
  RuleOrder,
  RuleSet,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';

/** To whom costs are allocated, as people set it. */
export interface RulesService {
  rules(caller: Caller): Promise<RuleSet>;
  /** What would change if other rules were in force for some billing periods. */
  preview(order: RuleOrder, caller: Caller): Promise<RuleChange>;
  /** Puts rules in force, for what comes and for the billing periods asked for. */
  change(order: RuleOrder, caller: Caller): Promise<RuleChange>;
}
