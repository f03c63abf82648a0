import { Line, LineChart, ReferenceLine, Tooltip, YAxis } from 'recharts';
import { PointDot } from './PointDot';
import { PointTip } from './PointTip';
import type { Point } from './points';

/** A trend small enough to stand below a number. */
export function Sparkline(props: {
  points: Point[];
  /** A value to be compared with, drawn across. */
  line?: number;
}) {
  const { points, line } = props;
  return (
    <LineChart
      responsive
      style={{ width: '100%', height: '100%' }}
      data={points}
      margin={{ top: 6, right: 6, bottom: 6, left: 6 }}
      accessibilityLayer={false}
    >
      <YAxis
        hide
        domain={[0, (largest: number) => Math.max(largest, line ?? 0)]}
      />
      {line !== undefined && (
        <ReferenceLine
          y={line}
          stroke="var(--bui-fg-secondary)"
          strokeDasharray="4 3"
        />
      )}
      <Tooltip
        content={<PointTip />}
        isAnimationActive={false}
        allowEscapeViewBox={{ x: true, y: true }}
        wrapperStyle={{ zIndex: 1 }}
      />
      <Line
        dataKey="value"
        type="linear"
        stroke="var(--bui-accent-bg)"
        strokeWidth={2}
        dot={points.length <= 31 && PointDot}
        isAnimationActive={false}
      />
    </LineChart>
  );
}
