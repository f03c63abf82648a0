import type {
  BudgetUse,
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

const unknownBudget: RuleResult = {
  rule: 'budget',
  effect: 'approval',
  field: 'parameters',
  message: 'What is left of the budget could not be read.',
  reason:
    'What nobody can see is not spent without somebody who answers for it.',
  remedy:
    'Try again in a minute: Costs may be starting. Or have the budget owner approve it.',
  approvers: ['budgetOwner'],
};

/** What is told when a budget does not reach. One that bills are counted on is an expectation: people decide. */
function overBudget(budget: BudgetUse): RuleResult {
  const limit = dollars(budget.limit ?? 0);
  const asked = dollars(budget.asked);
  if (budget.by === 'budget') {
    return {
      rule: 'budget',
      effect: 'approval',
      field: 'parameters',
      message: `Of the budget of ${limit} a month, ${dollars(
        budget.expected ?? 0,
      )} are ${
        budget.isForecast ? 'expected to be spent' : 'billed so far'
      } and ${dollars(
        budget.promised ?? 0,
      )} are promised to what is new; this may cost up to ${asked} more.`,
      reason:
        'Whoever answers for the budget should know before it is overdrawn.',
      remedy:
        'Choose a smaller size, give back what is not needed, or have the budget changed under Costs.',
      approvers: ['budgetOwner'],
    };
  }
  return {
    rule: 'budget',
    effect: 'deny',
    field: 'parameters',
    message: `${dollars(
      budget.used,
    )} of the budget of ${limit} a month are taken; this may cost up to ${asked}.`,
    reason: 'A budget that can be overdrawn is none.',
    remedy:
      'Choose a smaller size, give back what is not needed, or ask the budget owner for more.',
  };
}

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
  const asksForMoney = kind !== 'destroy' && !isBookkeeping(kind);
  const fitting = asksForMoney ? fits(room) : { quota: true, budget: true };
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
  if (!fitting.budget) results.push(overBudget(budget));
  if (asksForMoney && budget.by === 'nobody' && budget.asked > 0) {
    results.push(unknownBudget);
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
