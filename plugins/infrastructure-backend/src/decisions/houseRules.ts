import type {
  Range,
  RequestKind,
  RuleResult,
} from '@waymark/plugin-infrastructure-common';
import type { InfrastructureSettings } from '../config';
import { isBookkeeping } from './changes';
import { fits, type Room } from './Reservations';

const dollars = (amount: number) => `${amount.toFixed(2)} USD`;

const names = ['quota', 'budget', 'cost-threshold', 'policy-answers'];

/** Whether it is the portal itself that judges, which the rules' exceptions do not reach. */
export const isHouseRule = (rule: string) => names.includes(rule);

/** Quota, budget and cost: rules that need the portal's own books, and so are not Rego. */
export function houseRules(of: {
  kind: RequestKind;
  estimate: Range;
  room: Room;
  settings: Pick<InfrastructureSettings, 'approvalThreshold'>;
}): RuleResult[] {
  const { kind, estimate, room, settings } = of;
  const { quota, budget } = room;
  const results: RuleResult[] = [];
  // Nothing keeps a team from giving something back, or from keeping what it has.
  const fitting =
    kind === 'destroy' || isBookkeeping(kind)
      ? { quota: true, budget: true }
      : fits(room);
  if (!fitting.quota) {
    results.push({
      rule: 'quota',
      effect: 'deny',
      field: 'parameters',
      message: `${quota.used} of ${quota.limit} ${quota.unit} in ${quota.environment} are taken; this needs ${quota.asked} more.`,
      reason: 'A quota keeps one team from using up what all share.',
      remedy: `Give back ${quota.unit} that are not needed, or ask the platform team for a larger quota.`,
    });
  }
  if (!fitting.budget) {
    results.push({
      rule: 'budget',
      effect: 'deny',
      field: 'parameters',
      message: `${dollars(budget.used)} of the budget of ${dollars(
        budget.limit ?? 0,
      )} a month are taken; this may cost up to ${dollars(budget.asked)}.`,
      reason: 'A budget that can be overdrawn is none.',
      remedy:
        'Choose a smaller size, give back what is not needed, or ask the budget owner for more.',
    });
  }
  if (kind === 'transfer') {
    results.push({
      rule: 'transfer-accepted',
      effect: 'approval',
      field: 'owner',
      message: 'A group takes over a resource only when it wants to.',
      reason:
        'Whoever owns a resource pays for it and is called when it fails.',
      remedy: 'A lead of the group that is to own it accepts.',
      approvers: ['ownerLead'],
    });
  }
  if (estimate.high > settings.approvalThreshold) {
    results.push({
      rule: 'cost-threshold',
      effect: 'approval',
      field: 'parameters',
      message: `It may cost ${dollars(
        estimate.high,
      )} a month, more than ${dollars(settings.approvalThreshold)}.`,
      reason: 'Whoever answers for the money should know of it before.',
      remedy:
        'A lead of the owning group approves it, or a smaller size makes it unnecessary.',
      approvers: ['ownerLead'],
    });
  }
  return results;
}
