import { useId } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { length, sum } from '../money/decimal';
import { cents, shortMoney } from '../money/words';
import { axisOf } from './axis';
import type { Series } from './stack';
import { colourOf, Swatch } from './Swatch';
import styles from './Colours.module.css';

const axis = { fill: 'var(--bui-fg-secondary)', fontSize: 12 };

type Point = { date: string; title: string };

const shownInTip = 10;

function Tip(props: {
  active?: boolean;
  payload?: readonly { payload?: Point }[];
  series: Series[];
  currency: string;
}) {
  const { active, payload, series, currency } = props;
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  const lines = series.flatMap(one => {
    const amount = one.parts.get(point.date);
    return amount === undefined ? [] : [{ ...one, amount }];
  });
  const shown = [...lines]
    .sort((one, other) => length(other.amount) - length(one.amount))
    .slice(0, shownInTip);
  return (
    <div className={styles.tip}>
      <strong>{point.title}</strong>
      {shown.map(({ id, title, colour, amount }) => (
        <div key={id} className={styles.line}>
          <Swatch colour={colour} />
          <span>{title}</span>
          <span>{cents(amount, currency)}</span>
        </div>
      ))}
      <div className={styles.line}>
        <span />
        <strong>{lines.length > shown.length ? 'All' : 'Together'}</strong>
        <strong>{cents(sum(lines.map(line => line.amount)), currency)}</strong>
      </div>
    </div>
  );
}

/** Bars in bands: what was spent when, and on whom or what. */
export function StackedChart(props: {
  series: Series[];
  /** The dates along the axis, each with what it is called. */
  points: Point[];
  currency: string;
  /** What the chart shows, for those who do not see it. */
  title: string;
  onChoose?: (date: string) => void;
}) {
  const { series, points, currency, title, onChoose } = props;
  const amounts = axisOf(
    series,
    points.map(({ date }) => date),
  );
  // Two charts may stand on one page.
  const hatch = `none-${useId().replaceAll(':', '')}`;
  return (
    <BarChart
      responsive
      style={{ width: '100%', height: '100%' }}
      data={points}
      stackOffset="sign"
      margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
      barCategoryGap="18%"
      title={title}
      onClick={({ activeIndex }) => {
        const point = points[Number(activeIndex)];
        if (point) onChoose?.(point.date);
      }}
    >
      <defs>
        <pattern
          id={hatch}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="3" height="6" fill="var(--series-none)" />
        </pattern>
      </defs>
      <CartesianGrid vertical={false} stroke="var(--bui-border-1)" />
      <XAxis
        dataKey="title"
        tick={axis}
        stroke="var(--bui-border-2)"
        minTickGap={12}
      />
      <YAxis
        tick={axis}
        stroke="var(--bui-border-2)"
        width={56}
        domain={amounts?.domain}
        ticks={amounts?.ticks}
        tickFormatter={(value: number) => shortMoney(value, currency)}
      />
      <Tooltip
        content={<Tip series={series} currency={currency} />}
        cursor={{ fill: 'var(--bui-bg-neutral-2)' }}
        isAnimationActive={false}
        wrapperStyle={{ zIndex: 2 }}
      />
      <ReferenceLine y={0} stroke="var(--bui-border-2)" />
      {series.map(({ id, title: name, colour, parts }) => (
        <Bar
          key={id}
          name={name}
          stackId="all"
          dataKey={({ date }: Point) => length(parts.get(date) ?? '0')}
          fill={colour === 'none' ? `url(#${hatch})` : colourOf(colour)}
          stroke="var(--bui-bg-neutral-1)"
          strokeWidth={0.75}
          isAnimationActive={false}
        />
      ))}
    </BarChart>
  );
}
