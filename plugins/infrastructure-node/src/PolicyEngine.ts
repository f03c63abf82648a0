import type { JsonObject } from '@backstage/types';
import type {
  DataClass,
  Range,
  RuleResult,
} from '@waymark/plugin-infrastructure-common';

/** What policy is asked about. Rules read it as `input`. */
export type PolicyInput = {
  /** Before a plan is made, with the plan, or of what exists. */
  stage: 'request' | 'plan' | 'resource';
  /** ISO 8601 in UTC: rules take the time from here, so that an old decision can be made again. */
  now: string;
  kind: 'create' | 'update' | 'destroy';
  offering: {
    name: string;
    version: string;
    engine: string;
    resourceType: string;
  };
  name: string;
  environment: string;
  /** Entity references. */
  owner: string;
  component?: string;
  requestedBy: string;
  dataClass?: DataClass;
  parameters: JsonObject;
  tags: Record<string, string>;
  /** US dollars a month. */
  estimate?: Range;
  /** As the engine has it, such as Terraform's plan in JSON; of what exists, its state. */
  plan?: JsonObject;
  /** Rules that do not hold for this resource until a date (ISO 8601), and the number of what grants it. */
  exceptions: { rule: string; until: string; number: string }[];
};

/** What policy says. No results: nothing against it. */
export type PolicyAnswer = {
  /** Of the rules that answered; the same rules have the same revision everywhere. */
  revision: string;
  results: RuleResult[];
  /** Every rule that judged, whether or not it has something to say. */
  rules: { rule: string; title: string }[];
};

/** Something that judges by rules. */
export interface PolicyEngine {
  /**
   * Judges. Whoever asks takes an error, a time-out or an undefined answer for
   * a denial, so none is ever turned into an empty answer here.
   */
  judge(
    input: PolicyInput,
    options?: { signal?: AbortSignal },
  ): Promise<PolicyAnswer>;
}
