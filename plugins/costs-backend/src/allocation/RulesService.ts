import type {
  Reallocation,
  ReallocationPage,
  ReallocationsQuery,
  Rule,
  RuleChange,
  RuleOrder,
  RuleSet,
} from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';

/** Rules that are put in force, and those that were until then. */
export type RulesWrite = { reallocation: Reallocation; before: Rule[] };

/** To whom costs are allocated, as people set it. */
export interface RulesService {
  rules(caller: Caller): Promise<RuleSet>;
  /** What would change if other rules were in force for some billing periods. */
  preview(order: RuleOrder, caller: Caller): Promise<RuleChange>;
  /** Has rules put in force in the background, for what comes and for the billing periods asked for. */
  change(order: RuleOrder, caller: Caller): Promise<RulesWrite>;
  /** The changes there were, newest first. */
  reallocations(
    query: ReallocationsQuery,
    caller: Caller,
  ): Promise<ReallocationPage>;
  reallocation(id: string, caller: Caller): Promise<Reallocation>;
}
