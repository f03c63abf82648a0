import { goalsOnPage } from './goals.ts';
import { history } from './history.ts';
import type { Panel } from '../panels.ts';
import type { DoraPortal } from './portal.ts';

const day = 86_400_000;
const lengths = [7, 30, 90, 180, 365];

/** Periods of up to a year, the ends at any minute: what is cut off of days is counted row by row. */
function period(turn: number, longest = 365): string {
  const length = Math.min(lengths[turn % lengths.length], longest);
  const to = history.to - ((turn * 7_919) % 20_000) * 60_000;
  const from = to - length * day;
  return `from=${new Date(from).toISOString()}&to=${new Date(
    to,
  ).toISOString()}`;
}

const year = (turn: number) => {
  const to = history.to - ((turn * 7_919) % 20_000) * 60_000;
  return `from=${new Date(to - 365 * day).toISOString()}&to=${new Date(
    to,
  ).toISOString()}`;
};

/** Parts side by side, as many as the page shows at a time. */
const by = (part: string) => `/api/dora/metrics?groupBy=${part}&limit=100`;

/** What the organisation's page asks for. */
export const organisationPanels: Panel[] = [
  {
    name: 'Five metrics, any period up to a year',
    route: turn => `/api/dora/metrics?${period(turn)}`,
  },
  {
    name: 'Five metrics, a year',
    route: turn => `/api/dora/metrics?${year(turn)}`,
  },
  {
    name: 'Trend of a year by week',
    route: turn => `/api/dora/metrics?groupBy=week&${year(turn)}`,
  },
  {
    name: 'Teams, any period up to a year',
    route: turn => `${by('group')}&${period(turn)}`,
  },
  {
    name: 'Teams, a year',
    route: turn => `${by('group')}&${year(turn)}`,
  },
  ...(['domain', 'system', 'component'] as const).map(part => ({
    name: `By ${part}, a year`,
    route: (turn: number) => `${by(part)}&${year(turn)}`,
  })),
  {
    name: 'Stages of lead time, any period up to a year',
    route: turn => `/api/dora/stages?${period(turn)}`,
  },
  {
    name: 'Stages of lead time, a year',
    route: turn => `/api/dora/stages?${year(turn)}`,
  },
  {
    name: 'Goals of teams, each begun on another day',
    route: () => `/api/dora/goals?limit=${goalsOnPage}`,
  },
  {
    name: 'Deployments, first page, a year',
    route: turn => `/api/dora/deployments?environment=production&${year(turn)}`,
  },
  {
    name: 'Incidents, first page, a year',
    route: turn => `/api/dora/incidents?${year(turn)}`,
  },
  ...[
    'deploymentFrequency',
    'changeLeadTime',
    'changeFailRate',
    'failedDeploymentRecoveryTime',
    'deploymentReworkRate',
  ].map(metric => ({
    name: `Rows behind ${metric}, first page, a year`,
    route: (turn: number) => `/api/dora/rows/${metric}?${year(turn)}`,
  })),
];

/** What a component's tab asks for. */
export function componentPanels({ size }: DoraPortal): Panel[] {
  const component = (turn: number) =>
    `entityRef=component:default/measured-service-${
      (turn * 37) % size.services
    }`;
  return [
    {
      name: 'Component: five metrics, a year',
      route: turn => `/api/dora/metrics?${component(turn)}&${year(turn)}`,
    },
    {
      name: 'Component: trend of a year by week',
      route: turn =>
        `/api/dora/metrics?groupBy=week&${component(turn)}&${year(turn)}`,
    },
    {
      name: 'Component: stages of lead time, a year',
      route: turn => `/api/dora/stages?${component(turn)}&${year(turn)}`,
    },
    {
      name: 'Component: deployments, first page, a year',
      route: turn => `/api/dora/deployments?${component(turn)}&${year(turn)}`,
    },
    {
      name: 'Component: incidents, first page, a year',
      route: turn => `/api/dora/incidents?${component(turn)}&${year(turn)}`,
    },
    {
      name: 'Component: rows behind changeLeadTime, a year',
      route: turn =>
        `/api/dora/rows/changeLeadTime?${component(turn)}&${year(turn)}`,
    },
  ];
}
