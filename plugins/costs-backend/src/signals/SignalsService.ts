import type { SignalRuleList } from '@waymark/plugin-costs-common';
import type { Caller } from '../import/ImportsService';

/** Says which charges are for logs, metrics and traces. */
export interface SignalsService {
  rules(caller: Caller): Promise<SignalRuleList>;
  /** Puts other rules in the place of all there are. */
  change(
    rules: SignalRuleList,
    caller: Caller,
  ): Promise<{ before: SignalRuleList; after: SignalRuleList }>;
}
