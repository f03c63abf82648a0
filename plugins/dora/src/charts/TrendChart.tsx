import { valueText, type Metric } from '@waymark/plugin-dora-common';
import {
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { PointDot } from './PointDot';
import { ticksOf } from './ticks';
import { PointTip } from './PointTip';
import type { Point } from './points';

const axis = { fill: 'var(--bui-fg-secondary)', fontSize: 12 };

/** Dashes tell the lines apart where colours do not. */
const spread = [
  { key: 'p75', title: 'Three in four within', dash: '6 3' },
  { key: 'p90', title: 'Nine in ten within', dash: '2 3' },
] as const;

/** A trend to be interrogated: axes, figures, and the spread of durations. */
export function TrendChart(props: {
  points: Point[];
  unit: Metric['unit'];
  title: string;
}) {
  const { points, unit, title } = props;
  const hasSpread = points.some(point => point.percentiles);
  const largest = Math.max(
    ...points.map(({ percentiles, value }) => percentiles?.p90 ?? value ?? 0),
  );
  const ticks = ticksOf(unit, largest);
  return (
    <LineChart
      responsive
      style={{ width: '100%', height: '100%' }}
      data={points}
      margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
      title={title}
    >
      <CartesianGrid vertical={false} stroke="var(--bui-border-1)" />
      <XAxis
        dataKey="title"
        tick={axis}
        stroke="var(--bui-border-2)"
        minTickGap={24}
      />
      <YAxis
        domain={[0, ticks[ticks.length - 1]]}
        ticks={ticks}
        tick={axis}
        stroke="var(--bui-border-2)"
        width={84}
        tickFormatter={(value: number) =>
          value === 0 ? '0' : valueText(unit, value)
        }
      />
      <Tooltip content={<PointTip />} isAnimationActive={false} />
      {hasSpread && (
        <Legend itemSorter={null} wrapperStyle={{ fontSize: 13 }} />
      )}
      <Line
        name={hasSpread ? 'Half within' : title}
        dataKey="value"
        stroke="var(--bui-accent-bg)"
        strokeWidth={2}
        dot={PointDot}
        isAnimationActive={false}
      />
      {hasSpread &&
        spread.map(line => (
          <Line
            key={line.key}
            name={line.title}
            dataKey={(point: Point) => point.percentiles?.[line.key] ?? null}
            stroke="var(--bui-fg-secondary)"
            strokeDasharray={line.dash}
            dot={false}
            isAnimationActive={false}
          />
        ))}
    </LineChart>
  );
}
