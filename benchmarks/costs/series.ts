import { Random } from '../dora/random.ts';

/** What was done to a series on purpose, from its first to its last day, by their place in it. */
export type Truth = {
  kind: 'spike' | 'shift';
  first: number;
  last: number;
};

/** What a service costs an owner by day, and what of it is out of the ordinary. */
export type Costs = {
  kind: Kind;
  /** The number of the first day: days since 1970-01-01. */
  from: number;
  amounts: number[];
  truths: Truth[];
  /** Of each of these, how much more or less was spent for it; of what stays, in its first week. */
  matters: number[];
};

/** The sorts of services there are in a bill. */
export const kinds = [
  'steady',
  'busy',
  'batch',
  'feed',
  'small',
  'growing',
] as const;
export type Kind = (typeof kinds)[number];

const dayMs = 86_400_000;
/** A day of the calendar that nothing was chosen by. */
const begin = Date.UTC(2024, 4, 20) / dayMs;

type Shape = {
  height: [number, number];
  /** How much of a usual day a Saturday and a Sunday have. */
  weekend: [number, number];
  noise: [number, number];
  /** By how much a month is higher than the one before. */
  growth: [number, number];
  /** What is charged on the first of a month, in usual days. */
  fee: [number, number];
  /** How many usual days more the last two days of a month have. */
  close: [number, number];
};

const shapes: Record<Kind, Shape> = {
  // Machines that just stand there.
  steady: {
    height: [40, 900],
    weekend: [1, 1],
    noise: [0.005, 0.02],
    growth: [-0.005, 0.01],
    fee: [0, 0],
    close: [0, 0],
  },
  // What customers use, more on working days, or less.
  busy: {
    height: [40, 900],
    weekend: [0.55, 1.3],
    noise: [0.04, 0.1],
    growth: [-0.01, 0.03],
    fee: [0, 0],
    close: [0, 0],
  },
  // Jobs of working days, and the close of the month.
  batch: {
    height: [20, 300],
    weekend: [0.02, 0.3],
    noise: [0.06, 0.15],
    growth: [0, 0.02],
    fee: [0, 0],
    close: [0.8, 2],
  },
  // Support, licences and commitments: charged on the first.
  feed: {
    height: [30, 500],
    weekend: [0.9, 1],
    noise: [0.02, 0.05],
    growth: [0, 0.01],
    fee: [1, 8],
    close: [0, 0],
  },
  // Little money, and much noise in it.
  small: {
    height: [0.5, 6],
    weekend: [0.6, 1],
    noise: [0.15, 0.35],
    growth: [-0.02, 0.03],
    fee: [0, 0],
    close: [0, 0],
  },
  // A product that finds its customers.
  growing: {
    height: [20, 300],
    weekend: [0.7, 1],
    noise: [0.04, 0.08],
    growth: [0.05, 0.18],
    fee: [0, 0],
    close: [0, 0],
  },
};

/**
 * A series of costs from a seed, as long as asked, with at most so many things
 * that happened to it.
 *
 * @param options.incidents - spikes of one to four days, or shifts that stay, by 50 to 300 % up or 40 to 90 % down
 */
export function costsOf(options: {
  seed: number;
  days: number;
  incidents: number;
}): Costs {
  const random = new Random(options.seed * 7919 + 17);
  const between = ([low, high]: [number, number]) =>
    low + random.next() * (high - low);
  const kind = kinds[options.seed % kinds.length];
  const shape = shapes[kind];
  const from = begin + random.below(365);
  const height = between(shape.height);
  const weekend = between(shape.weekend);
  const sunday = weekend * (0.9 + random.next() * 0.2);
  const noise = between(shape.noise);
  const growth = between(shape.growth);
  const [fee, close] = [between(shape.fee), between(shape.close)];
  const truths = happened(random, options);

  const matters = truths.map(() => 0);
  /** By day of the week, where it is not a usual one. */
  const weekdays = new Map([
    [6, weekend],
    [0, sunday],
  ]);
  let drift = 0;
  const amounts = Array.from({ length: options.days }, (_, index) => {
    const date = new Date((from + index) * dayMs);
    const weekday = date.getUTCDay();
    const week = weekdays.get(weekday) ?? 1;
    const first = date.getUTCDate() === 1;
    const tomorrow = new Date((from + index + 2) * dayMs).getUTCDate();
    const isClose = tomorrow === 1 || tomorrow === 2;
    // Days are alike: what was more yesterday is more today, too.
    drift = 0.6 * drift + 0.8 * random.normal();
    const usual =
      height *
      (1 + growth) ** (index / 30.4) *
      week *
      Math.max(0, 1 + noise * drift);
    let times = 1;
    truths.forEach(({ first: begun, last, factor }, place) => {
      if (index < begun || index > last) return;
      times *= factor;
      if (index < begun + 7) matters[place] += Math.abs(usual * (factor - 1));
    });
    return (
      usual * times +
      (first ? fee * height : 0) +
      (isClose ? close * height : 0)
    );
  });
  return {
    kind,
    from,
    amounts,
    truths: truths.map(({ kind: what, first, last }) => ({
      kind: what,
      first,
      last,
    })),
    matters,
  };
}

function happened(
  random: Random,
  { days, incidents }: { days: number; incidents: number },
): (Truth & { factor: number })[] {
  const found: (Truth & { factor: number })[] = [];
  for (let turn = 0; turn < incidents; turn += 1) {
    const first = 60 + random.below(Math.max(1, days - 75));
    const isShift = random.chance(0.3);
    const last = isShift ? days - 1 : first + random.below(4);
    const factor = random.chance(0.8)
      ? 1.5 + random.next() * 2.5
      : 0.1 + random.next() * 0.5;
    // One at a time, so that each can be told from the others.
    if (found.every(other => Math.abs(other.first - first) > 30)) {
      found.push({ kind: isShift ? 'shift' : 'spike', first, last, factor });
    }
  }
  return found;
}
