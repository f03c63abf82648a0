import type { SignalRule } from '@waymark/plugin-costs-common';

/** Quantities or days of the last 30 days, of the 30 before, and of those before. */
export type Windows = [number, number, number];

/** How many days a window has; a month, as recommendations count it. */
export const windowDays = 30;

/**
 * What a resource was charged for by one meter, over three windows of 30 days;
 * or what several were that nothing is said of, but that others are compared with.
 */
export type Line = {
  source: string;
  account: string | null;
  resourceId: string;
  resourceName: string | null;
  resourceType: string | null;
  service: string;
  category: string | null;
  sku: string | null;
  meter: string | null;
  description: string | null;
  /** What of what software does it shows; null for what is for something else. */
  signal: SignalRule['signal'] | null;
  /** The unit that prices are of. */
  unit: string | null;
  /** Whether a commitment pays for it. */
  isCommitted: boolean;
  /** What its tags say of where it runs. */
  environment: string | null;
  part: string;
  entityRef: string | null;
  component: string | null;
  groupRef: string | null;
  currency: string;
  /**
   * Whether something may be said of it: it costs enough, and is still there.
   * The others are what this is compared with.
   */
  isShown: boolean;
  /** The last day of which the source tells. */
  through: string;
  /** The last day with a charge. */
  lastDay: string;
  /** EffectiveCost. */
  cost: Windows;
  /** ListCost of the last window. */
  list: number;
  quantity: Windows;
  /** Days with a charge. */
  days: Windows;
};

/** Whether something may be said of it. */
export const isShown = (line: Line): boolean => line.isShown;

/** What the lines of a window come to. */
export const costOf = (lines: Line[]): number =>
  lines.reduce((total, { cost }) => total + cost[0], 0);

/** How people call it. */
export const nameOf = ({ resourceName, resourceId }: Line): string =>
  resourceName ?? resourceId;

/** Charged by the time that it is there: the unit is an hour and nothing else. */
export const isTimed = ({ unit }: Line): boolean =>
  /^(\d+ )?(hrs?|hours?)$/i.test(unit ?? '');

/** Charged by what is kept for how long. */
export const isStored = ({ unit }: Line): boolean =>
  /\b[kmgtp]i?b[\s/-]*(mo|month)\b|\b(gibi|tebi|mebi)byte[\s/-]*month/i.test(
    unit ?? '',
  );

/** Charged by what is done with it. */
export const isUsed = (line: Line): boolean =>
  !isTimed(line) && !isStored(line);

/** Whether it is logs, metrics or traces, by the rules that say so everywhere. */
export const isTelemetry = ({ signal }: Line): boolean => signal !== null;

/** What production is called. */
export const isProduction = ({ environment }: Line): boolean =>
  /^prod(uction)?$/i.test(environment ?? '');

/** Whether it was there on every day of a window, but for one that a bill may lack. */
export const isWhole = (days: number): boolean => days >= windowDays - 1;

/** Lines by something of them; those of which it says nothing are left out. */
export function grouped(
  lines: Line[],
  keyOf: (line: Line) => string | null | undefined,
): Map<string, Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const key = keyOf(line);
    if (!key) continue;
    const known = groups.get(key);
    if (known) known.push(line);
    else groups.set(key, [line]);
  }
  return groups;
}

/** Lines by resource. */
export const byResource = (lines: Line[]): Line[][] => [
  ...grouped(
    lines,
    ({ source, resourceId, currency }) => `${source} ${resourceId} ${currency}`,
  ).values(),
];
