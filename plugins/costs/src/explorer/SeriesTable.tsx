import { Link } from '@backstage/ui';
import { DataTable, type Column } from '@waymark/plugin-parts-react';
import { Swatch } from '../charts/Swatch';
import type { Series } from '../charts/stack';
import { share, type Decimal } from '../money/decimal';
import { cents, exactMoney, percent } from '../money/words';
import { dimensionTitle } from '../words/dimensions';
import styles from './Explorer.module.css';

/** The bands of the chart as rows, with the total that they come to. */
export function SeriesTable(props: {
  series: Series[];
  dimension: string;
  total: Decimal;
  currency: string;
  /** The address that looks at the charges of a row alone. */
  hrefOf: (key: string | null) => string;
}) {
  const { series, dimension, total, currency, hrefOf } = props;
  const columns: Column<Series>[] = [
    {
      title: dimensionTitle(dimension),
      render: ({ key, title, colour }) => (
        <span className={styles.name}>
          <Swatch colour={colour} />
          {key === undefined ? (
            title
          ) : (
            <Link href={hrefOf(key)} title="Only these charges">
              {title}
            </Link>
          )}
        </span>
      ),
    },
    {
      title: 'Share',
      isFigure: true,
      render: row => {
        const part = share(row.total, total);
        return part === undefined ? '' : percent(part);
      },
    },
    {
      title: 'Cost',
      isFigure: true,
      render: row => (
        <span title={exactMoney(row.total, currency)}>
          {cents(row.total, currency)}
        </span>
      ),
    },
  ];
  return (
    <div className={styles.table}>
      <DataTable
        label="Costs by row"
        columns={columns}
        rows={series}
        keyOf={({ id }) => id}
      />
    </div>
  );
}
