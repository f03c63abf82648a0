import type { Outlook } from '@waymark/plugin-costs-common';
import { shortDay } from '@waymark/plugin-parts-react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { money, shortMoney } from '../money/words';
import { pathOf, type PathPoint } from './path';
import styles from './Outlook.module.css';

const axis = { fill: 'var(--bui-fg-secondary)', fontSize: 12 };
const asText = (amount: number) => amount.toFixed(2);

function Tip(props: {
  active?: boolean;
  payload?: readonly { payload?: PathPoint }[];
  currency: string;
}) {
  const { active, payload, currency } = props;
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  const { date, billed, expected, range } = point;
  return (
    <div className={styles.tip}>
      <strong>{shortDay(date)}</strong>
      <div>
        {billed !== undefined
          ? `${money(asText(billed), currency)} billed by then`
          : `${money(asText(expected ?? 0), currency)} expected by then`}
      </div>
      {billed === undefined && range && (
        <div>
          {`${money(asText(range[0]), currency)} to ${money(
            asText(range[1]),
            currency,
          )}`}
        </div>
      )}
    </div>
  );
}

/** How a month adds up, and where it is expected to end. */
export function OutlookChart(props: {
  outlook: Outlook;
  currency: string;
  /** What the chart shows, for those who do not see it. */
  title: string;
}) {
  const { outlook, currency, title } = props;
  return (
    <ComposedChart
      responsive
      style={{ width: '100%', height: '100%' }}
      data={pathOf(outlook)}
      margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
      title={title}
    >
      <CartesianGrid vertical={false} stroke="var(--bui-border-1)" />
      <XAxis
        dataKey="date"
        tick={axis}
        stroke="var(--bui-border-2)"
        minTickGap={24}
        tickFormatter={shortDay}
      />
      <YAxis
        tick={axis}
        stroke="var(--bui-border-2)"
        width={56}
        tickFormatter={(value: number) => shortMoney(value, currency)}
      />
      <Tooltip
        content={<Tip currency={currency} />}
        isAnimationActive={false}
        wrapperStyle={{ zIndex: 2 }}
      />
      <Area
        dataKey="range"
        stroke="none"
        fill="var(--bui-accent-bg)"
        fillOpacity={0.18}
        isAnimationActive={false}
        activeDot={false}
      />
      <Line
        dataKey="expected"
        stroke="var(--bui-accent-bg)"
        strokeWidth={2}
        strokeDasharray="5 4"
        dot={false}
        isAnimationActive={false}
      />
      <Line
        dataKey="billed"
        stroke="var(--bui-fg-primary)"
        strokeWidth={2}
        dot={false}
        isAnimationActive={false}
      />
    </ComposedChart>
  );
}
