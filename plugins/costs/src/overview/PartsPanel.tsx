import { Skeleton } from '@backstage/ui';
import {
  Failure,
  Panel,
  type Column,
  DataTable,
} from '@waymark/plugin-parts-react';
import { Swatch } from '../charts/Swatch';
import { seriesOf, type Series } from '../charts/stack';
import { useTotals } from '../live/questions';
import type { Decimal } from '../money/decimal';
import { exactMoney, money } from '../money/words';
import { Change } from '../parts/Change';
import { PartName } from '../parts/PartName';
import { conversionOf, filterOf } from '../view/view';
import { dimensionTitle } from '../words/dimensions';
import type { Looked } from './MonthCosts';
import { moversOf, type Mover } from './movers';
import { comparedText } from './Tiles';
import styles from './Overview.module.css';

const shown = 10;

type Row = {
  series: Series;
  billed: Decimal;
  effective: Decimal;
  mover?: Mover;
};

/** Who or what the month was spent on, the largest first: billed and effective apart. */
export function PartsPanel({ looked }: { looked: Looked }) {
  const { viewed, scope, by, currency, compared, month, colours } = looked;
  const { measure } = viewed.view;
  const ask = {
    groupBy: by,
    limit: 200,
    ...conversionOf(viewed.view),
    ...filterOf(scope),
  };
  const { value, error, loading, refresh } = useTotals([
    { ...compared.now, measure, ...ask },
    { ...compared.before, measure, ...ask },
    { ...compared.now, measure: 'BilledCost', ...ask },
    { ...compared.now, measure: 'EffectiveCost', ...ask },
  ]);
  const title = `By ${dimensionTitle(by).toLowerCase()}`;
  if (error) {
    return (
      <Panel title={title}>
        <Failure
          title="These could not be read"
          error={error}
          onRetry={refresh}
        />
      </Panel>
    );
  }
  if (!value) {
    return (
      <Panel title={title} isBusy>
        <Skeleton width="100%" height={240} />
      </Panel>
    );
  }
  const [now, before, billed, effective] = value;
  const movers = new Map(
    moversOf(now, before, currency).map(mover => [mover.key, mover]),
  );
  const amountIn = (answer: typeof now, key: Series['key']) =>
    answer.items.find(item => item.key === key && item.currency === currency)
      ?.amount ?? '0';
  const rows = seriesOf(now, currency)
    .filter(({ key }) => key !== undefined)
    .map(
      (series): Row => ({
        series: {
          ...series,
          colour: colours.get(series.key) ?? 'others',
        },
        billed: amountIn(billed, series.key),
        effective: amountIn(effective, series.key),
        mover: movers.get(series.key ?? null),
      }),
    );
  // What nobody owns is shown however little it is.
  const kept = [
    ...rows.filter(({ series }) => series.colour !== 'none').slice(0, shown),
    ...rows.filter(({ series }) => series.colour === 'none'),
  ];
  const columns: Column<Row>[] = [
    {
      title: dimensionTitle(by),
      render: ({ series }) => (
        <span className={styles.name}>
          <Swatch colour={series.colour} />
          <PartName
            dimension={by}
            partKey={series.key ?? null}
            title={series.title}
          />
        </span>
      ),
    },
    {
      title: 'Billed',
      isFigure: true,
      render: row => (
        <span title={exactMoney(row.billed, currency)}>
          {money(row.billed, currency)}
        </span>
      ),
    },
    {
      title: 'Effective',
      isFigure: true,
      render: row => (
        <span title={exactMoney(row.effective, currency)}>
          {money(row.effective, currency)}
        </span>
      ),
    },
    {
      title: 'Change',
      isFigure: true,
      render: ({ mover }) =>
        mover && (
          <Change
            change={mover.change}
            ratio={mover.ratio}
            currency={currency}
          />
        ),
    },
  ];
  return (
    <Panel
      title={title}
      lead={comparedText(month, compared).replace(/^b/, 'B')}
      isBusy={loading}
    >
      <DataTable
        label={title}
        columns={columns}
        rows={kept}
        keyOf={({ series }) => series.id}
      />
    </Panel>
  );
}
