import type { Deliverer } from './deliverers.ts';

/** How a service is delivered at one moment of the year. */
export type Habits = {
  /** Planned production deployments in a full working week. */
  deploymentsPerWeek: number;
  /** Changes in each. */
  changesPerDeployment: number;
  /** Median hours from the first commit to the merge. */
  leadHours: number;
  /** Share of deployments after which something is wrong. */
  failRate: number;
  /** Median hours until it is right again. */
  recoveryHours: number;
  /** Share of attempts whose pipeline fails before anybody is served by it. */
  brokenRate: number;
  /** Share of attempts that somebody stops. */
  cancelledRate: number;
};

/** A team's way through the year. */
type Story = {
  start: Habits;
  end: Habits;
  /** The hours of the day in which it deploys. */
  hours: [number, number];
  /** Weekdays on which it deploys; 1 is Monday. */
  weekdays: number[];
  /** Whether pull requests become one commit each. */
  squash: boolean;
};

const anyDay = [1, 2, 3, 4, 5];

const careful: Habits = {
  deploymentsPerWeek: 3,
  changesPerDeployment: 3,
  leadHours: 40,
  failRate: 0.05,
  recoveryHours: 1.2,
  brokenRate: 0.02,
  cancelledRate: 0.02,
};

/** What each team's year is like. The demo's tutorial tells it in words. */
const stories: Record<string, Story> = {
  // Steady: behind approvals, never on a Monday or Friday.
  ledger: {
    start: careful,
    end: { ...careful, deploymentsPerWeek: 3.5, leadHours: 34 },
    hours: [9.5, 15],
    weekdays: [2, 3, 4],
    squash: false,
  },
  // Improving: from releases every other week to several a day.
  checkout: {
    start: {
      deploymentsPerWeek: 0.7,
      changesPerDeployment: 11,
      leadHours: 150,
      failRate: 0.3,
      recoveryHours: 9,
      brokenRate: 0.12,
      cancelledRate: 0.05,
    },
    end: {
      deploymentsPerWeek: 12,
      changesPerDeployment: 1.3,
      leadHours: 7,
      failRate: 0.03,
      recoveryHours: 0.6,
      brokenRate: 0.02,
      cancelledRate: 0.02,
    },
    hours: [9.5, 17],
    weekdays: anyDay,
    squash: false,
  },
  // Quick all year, from one repository of several parts.
  storefront: {
    start: {
      deploymentsPerWeek: 14,
      changesPerDeployment: 1.2,
      leadHours: 6,
      failRate: 0.05,
      recoveryHours: 0.5,
      brokenRate: 0.03,
      cancelledRate: 0.03,
    },
    end: {
      deploymentsPerWeek: 18,
      changesPerDeployment: 1.1,
      leadHours: 4.5,
      failRate: 0.04,
      recoveryHours: 0.4,
      brokenRate: 0.03,
      cancelledRate: 0.03,
    },
    hours: [9, 17.5],
    weekdays: anyDay,
    squash: true,
  },
  // Sound, but for the weeks in which its search cluster was moved.
  discovery: {
    start: { ...careful, deploymentsPerWeek: 5, leadHours: 22, failRate: 0.07 },
    end: { ...careful, deploymentsPerWeek: 6, leadHours: 18, failRate: 0.06 },
    hours: [10, 16.5],
    weekdays: anyDay,
    squash: false,
  },
  // Struggling: ever larger releases, ever later, at the end of the day.
  fulfilment: {
    start: {
      deploymentsPerWeek: 3.2,
      changesPerDeployment: 5,
      leadHours: 90,
      failRate: 0.16,
      recoveryHours: 4,
      brokenRate: 0.08,
      cancelledRate: 0.04,
    },
    end: {
      deploymentsPerWeek: 1.5,
      changesPerDeployment: 9,
      leadHours: 260,
      failRate: 0.55,
      recoveryHours: 12,
      brokenRate: 0.16,
      cancelledRate: 0.1,
    },
    hours: [16, 19.5],
    weekdays: [3, 4, 5],
    squash: false,
  },
  'developer-platform': {
    start: { ...careful, deploymentsPerWeek: 8, leadHours: 12 },
    end: { ...careful, deploymentsPerWeek: 9, leadHours: 10, failRate: 0.04 },
    hours: [9, 16],
    weekdays: [1, 2, 3, 4],
    squash: true,
  },
  // Release trains that are often called off when the data of the night is late.
  'data-intelligence': {
    start: {
      ...careful,
      deploymentsPerWeek: 1.8,
      leadHours: 70,
      failRate: 0.1,
      cancelledRate: 0.22,
      brokenRate: 0.06,
    },
    end: {
      ...careful,
      deploymentsPerWeek: 2.2,
      leadHours: 60,
      failRate: 0.09,
      cancelledRate: 0.18,
      brokenRate: 0.05,
    },
    hours: [10, 14],
    weekdays: [1, 2, 4],
    squash: false,
  },
};

/** Retired: touched for a certificate now and then, so that there is little to measure. */
const retired = 'three-ds-redirect';

/** Days before the end of the year in which discovery's search cluster was moved. */
export const storm = { firstDay: 128, lastDay: 114 };

function mixed(start: Habits, end: Habits, progress: number): Habits {
  // Quantities change by factors, not by sums: a release every other week does not become daily in steps of one.
  const at = (key: keyof Habits) =>
    start[key] ** (1 - progress) * end[key] ** progress;
  return {
    deploymentsPerWeek: at('deploymentsPerWeek'),
    changesPerDeployment: at('changesPerDeployment'),
    leadHours: at('leadHours'),
    failRate: at('failRate'),
    recoveryHours: at('recoveryHours'),
    brokenRate: at('brokenRate'),
    cancelledRate: at('cancelledRate'),
  };
}

/** A service's way through the year. */
export type Course = Pick<Story, 'hours' | 'weekdays' | 'squash'> & {
  /** @param progress - how much of the year has gone, from 0 to 1 */
  habitsAt(progress: number): Habits;
  /** Whether it was hit by the storm. */
  stormy: boolean;
};

/** @returns nothing for a team that this story does not tell of */
export function courseOf({ name, team }: Deliverer): Course | undefined {
  const story = stories[team];
  if (!story) return undefined;
  const habitsAt = (progress: number): Habits => {
    const habits = mixed(story.start, story.end, progress);
    return name === retired
      ? {
          ...habits,
          deploymentsPerWeek: 0.08,
          changesPerDeployment: 1,
          failRate: 0,
        }
      : habits;
  };
  return { ...story, habitsAt, stormy: team === 'discovery' };
}
