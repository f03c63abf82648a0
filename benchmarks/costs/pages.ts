import type { Panel } from '../panels.ts';
import { year, type Size } from './bill.ts';

const measures = ['EffectiveCost', 'BilledCost'];

const question = (turn: number, asked: Record<string, string>): string =>
  `/api/costs/totals?${new URLSearchParams({
    measure: measures[turn % measures.length],
    ...asked,
  })}`;

const monthAt = (index: number) => {
  const date = new Date(`${year.from}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + index);
  return date.toISOString().slice(0, 10);
};

/** One of the months of the bill. */
function month(turn: number): { from: string; to: string } {
  const index = (turn * 5) % 12;
  return { from: monthAt(index), to: monthAt(index + 1) };
}

const levels = ['group', 'domain', 'system', 'component'];
const columns = [
  'ServiceName',
  'RegionId',
  'SubAccountName',
  'ServiceCategory',
];

/** What the overview of the organisation asks for. */
export const overviewPanels: Panel[] = [
  {
    name: 'Overview: thirteen months by team',
    route: turn =>
      question(turn, {
        ...year,
        groupBy: 'group',
        interval: 'month',
        limit: '50',
      }),
  },
  {
    name: 'Overview: what moved in a month, by component',
    route: turn =>
      question(turn, { ...month(turn), groupBy: 'component', limit: '1000' }),
  },
  {
    name: 'Overview: the sum of a month',
    route: turn => question(turn, { ...month(turn), groupBy: 'allocation' }),
  },
  {
    name: 'Overview: what nobody owns in a month, by resource',
    route: turn =>
      question(turn, {
        ...month(turn),
        groupBy: 'ResourceName',
        filter: 'allocation=unallocated',
        limit: '50',
      }),
  },
];

/** What the explorer asks for. */
export const explorerPanels: Panel[] = [
  {
    name: 'Explorer: a year by month, any column or level',
    route: turn =>
      question(turn, {
        ...year,
        groupBy: [...columns, ...levels][turn % 8],
        interval: 'month',
      }),
  },
  {
    name: 'Explorer: a month by day, any column or level',
    route: turn =>
      question(turn, {
        ...month(turn),
        groupBy: [...columns, ...levels][turn % 8],
        interval: 'day',
      }),
  },
  {
    name: 'Explorer: one service by resource, a month',
    route: turn =>
      question(turn, {
        ...month(turn),
        groupBy: 'ResourceName',
        filter: 'ServiceName=AWS Lambda',
      }),
  },
];

/** What an entity's tab asks for. */
export function entityPanels({ services }: Size): Panel[] {
  const component = (turn: number) =>
    `component=component:default/measured-service-${(turn * 37) % services}`;
  return [
    {
      name: 'Component: thirteen months by service',
      route: turn =>
        question(turn, {
          ...year,
          groupBy: 'ServiceName',
          interval: 'month',
          filter: component(turn),
        }),
    },
    {
      name: 'Component: a month by resource',
      route: turn =>
        question(turn, {
          ...month(turn),
          groupBy: 'ResourceName',
          filter: component(turn),
        }),
    },
    {
      name: 'Team: thirteen months by system',
      route: turn =>
        question(turn, {
          ...year,
          groupBy: 'system',
          interval: 'month',
          filter: `group=group:default/measured-team-${
            turn % Math.ceil(services / 10)
          }`,
        }),
    },
  ];
}
