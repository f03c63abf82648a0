import type {
  ComplianceFinding,
  RuleResult,
} from '@waymark/plugin-infrastructure-common';
import type { PolicyAnswer } from '@waymark/plugin-infrastructure-node';

/** What one rule found of one resource. */
export type RuleFinding = {
  rule: string;
  title: string;
  finding: Exclude<ComplianceFinding, 'notJudged'>;
  /** Number of the exception that lets it be. */
  exception?: number;
  details: RuleResult[];
};

function findingOf(details: RuleResult[]): RuleFinding['finding'] {
  if (details.some(({ effect }) => effect === 'deny')) return 'violates';
  if (details.some(({ exception }) => exception)) return 'excepted';
  return details.length > 0 ? 'warns' : 'complies';
}

/** What every rule says of a resource, those with nothing to say included. */
export function findingsOf({ rules, results }: PolicyAnswer): RuleFinding[] {
  return rules.map(({ rule, title }) => {
    const details = results.filter(result => result.rule === rule);
    const finding = findingOf(details);
    const exception = details.find(each => each.exception)?.exception;
    return {
      rule,
      title,
      finding,
      ...(finding === 'excepted' &&
        exception && { exception: exception.number }),
      details,
    };
  });
}
