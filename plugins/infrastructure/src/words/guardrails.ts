import type {
  ComplianceFinding,
  ExceptionState,
} from '@waymark/plugin-infrastructure-common';
import type { StateWords } from './states';

/** The states of an exception in words. */
export const exceptionStates: Record<ExceptionState, StateWords> = {
  pending: { text: 'Waits for a decision', tone: 'warning' },
  granted: { text: 'Holds', tone: 'positive' },
  refused: { text: 'Refused', tone: 'negative' },
  withdrawn: { text: 'Taken back', tone: 'plain' },
  revoked: { text: 'Revoked', tone: 'negative' },
  expired: { text: 'Over', tone: 'plain' },
};

/** What was found of a resource by a rule, in words. */
export const complianceWords: Record<ComplianceFinding, StateWords> = {
  violates: { text: 'Violates', tone: 'negative' },
  warns: { text: 'Warns', tone: 'warning' },
  excepted: { text: 'By exception', tone: 'info' },
  notJudged: { text: 'Not judged', tone: 'plain' },
  complies: { text: 'Complies', tone: 'positive' },
};

/** Rules that know no exceptions: quota, budget and what only people can decide. */
const without = [
  'quota',
  'budget',
  'cost-threshold',
  'policy-answers',
  'understood',
];

/** Whether one may ask for an exception from a rule. */
export const knowsExceptions = (rule: string) => !without.includes(rule);
