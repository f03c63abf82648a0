import type { AnomalyDetail } from '@waymark/plugin-costs-common';
import { shortDay } from '@waymark/plugin-parts-react';
import { Bar, BarChart, CartesianGrid, Cell, XAxis, YAxis } from 'recharts';
import { roundAxis } from '../charts/axis';
import { length } from '../money/decimal';
import { shortMoney } from '../money/words';

const axis = { fill: 'var(--bui-fg-secondary)', fontSize: 12 };

/** The days around an anomaly, and which of them stood out. */
export function DaysChart(props: { anomaly: AnomalyDetail; title: string }) {
  const { anomaly, title } = props;
  const { days, first, last, currency } = anomaly;
  const amounts = days.map(({ amount }) => length(amount));
  return (
    <BarChart
      responsive
      style={{ width: '100%', height: '100%' }}
      data={days}
      margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
      barCategoryGap="18%"
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
        {...roundAxis(Math.max(0, ...amounts), -Math.min(0, ...amounts))}
        tickFormatter={(value: number) => shortMoney(value, currency)}
      />
      <Bar
        dataKey={({ amount }: AnomalyDetail['days'][number]) => length(amount)}
        isAnimationActive={false}
      >
        {days.map(({ date }) => (
          <Cell
            key={date}
            fill={
              date >= first && date <= last
                ? 'var(--bui-fg-warning)'
                : 'var(--bui-border-2)'
            }
          />
        ))}
      </Bar>
    </BarChart>
  );
}
