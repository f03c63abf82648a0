import type {
  Budget,
  BudgetStatus,
  BudgetThreshold,
} from '@waymark/plugin-costs-common';
import {
  RiCheckLine,
  RiErrorWarningLine,
  RiQuestionLine,
  RiArrowRightUpLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type { Tone } from '@waymark/plugin-parts-react';
import { monthTitle } from '../view/months';

/** How the state of a budget is shown. */
export const budgetStates: Record<
  BudgetStatus['state'],
  { text: string; tone: Tone; Icon: RemixiconComponentType }
> = {
  within: { text: 'Within', tone: 'positive', Icon: RiCheckLine },
  atRisk: {
    text: 'Expected to be over',
    tone: 'warning',
    Icon: RiArrowRightUpLine,
  },
  over: { text: 'Over', tone: 'negative', Icon: RiErrorWarningLine },
  unknown: {
    text: 'Too little billed to judge',
    tone: 'plain',
    Icon: RiQuestionLine,
  },
};

const order: BudgetStatus['state'][] = ['over', 'atRisk', 'within', 'unknown'];

/** Sorts what needs somebody first. */
export const worstFirst = (one: Budget, other: Budget): number =>
  order.indexOf(one.status.state) - order.indexOf(other.status.state) ||
  other.status.share - one.status.share;

/** The time that a budget is for now: "November 2026", "2026". */
export function timeText({ period, status }: Budget): string {
  const { from } = status.outlook;
  return period === 'month' ? monthTitle(from.slice(0, 7)) : from.slice(0, 4);
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** When the owner is told: "80% and 100% billed". */
export function thresholdsText(thresholds: BudgetThreshold[]): string {
  const of = (basis: BudgetThreshold['basis'], what: string) => {
    const known = thresholds.filter(threshold => threshold.basis === basis);
    return known.length > 0
      ? [`${list.format(known.map(({ percent }) => `${percent}%`))} ${what}`]
      : [];
  };
  const said = [...of('actual', 'billed'), ...of('forecast', 'expected')];
  return said.length > 0
    ? `Told at ${list.format(said)}`
    : 'Nobody is told of it';
}

/** Per cents as people write them: "80, 100". Nothing when they are none. */
export function readPercents(text: string): number[] | undefined {
  const parts = text
    .split(/[\s,;%]+/)
    .filter(Boolean)
    .map(Number);
  return parts.every(
    part => Number.isInteger(part) && part >= 1 && part <= 1000,
  )
    ? [...new Set(parts)]
    : undefined;
}
