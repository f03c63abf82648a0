import type {
  ChangeLinesQuery,
  LineChange,
} from '@waymark/plugin-costs-common';
import { Skeleton } from '@backstage/ui';
import {
  count,
  DataTable,
  Failure,
  type Column,
} from '@waymark/plugin-parts-react';
import { useChangeLines } from '../live/questions';
import { difference, magnitude, share } from '../money/decimal';
import { moneyChange, quantityText, unitPriceText } from '../money/words';
import { Change } from '../parts/Change';
import styles from './Changes.module.css';

const shown = 8;

/** The columns of lines: what, how much of it, at which price, and the change. */
export const lineColumns = (currency: string): Column<LineChange>[] => [
  {
    title: 'What',
    render: ({ resourceName, resourceId, serviceName, description }) => (
      <span className={styles.line}>
        <span>{resourceName ?? resourceId ?? serviceName}</span>
        <span className={styles.detail}>{description ?? serviceName}</span>
      </span>
    ),
  },
  {
    title: 'Used',
    isFigure: true,
    render: ({ quantityBefore, quantityNow, unit, isNew, isGone }) => {
      const used = (quantity: string | null) =>
        quantity === null ? 'not said' : quantityText(quantity);
      if (isNew) return `new: ${used(quantityNow)} ${unit ?? ''}`;
      if (isGone) return `gone: ${used(quantityBefore)} ${unit ?? ''}`;
      if (quantityNow === null && quantityBefore === null) return 'not said';
      return `${used(quantityBefore)} → ${used(quantityNow)} ${unit ?? ''}`;
    },
  },
  {
    title: 'Per unit',
    isFigure: true,
    render: line => {
      const before =
        line.quantityBefore === null
          ? undefined
          : unitPriceText(line.before, line.quantityBefore, currency);
      const now =
        line.quantityNow === null
          ? undefined
          : unitPriceText(line.now, line.quantityNow, currency);
      if (before === now || !before) return now ?? 'not said';
      return now ? `${before} → ${now}` : before;
    },
  },
  {
    title: 'Change',
    isFigure: true,
    render: ({ before, now }) => {
      const change = difference(now, before);
      return (
        <Change
          change={change}
          ratio={share(change, magnitude(before))}
          currency={currency}
        />
      );
    },
  },
];

/** The resources and meters behind a change, what moved most first. */
export function ChangeLinesTable(props: {
  title: string;
  query: ChangeLinesQuery;
  currency: string;
}) {
  const { title, query, currency } = props;
  const { value, error, refresh } = useChangeLines({ ...query, limit: shown });
  if (error) {
    return (
      <Failure
        title="What it is made of could not be read"
        error={error}
        onRetry={refresh}
      />
    );
  }
  if (!value) return <Skeleton width="100%" height={120} />;
  const left = value.others.find(other => other.currency === currency);
  return (
    <>
      <DataTable
        label={`What changed of ${title}`}
        columns={lineColumns(currency)}
        rows={value.items.filter(item => item.currency === currency)}
        keyOf={(_, index) => String(index)}
      />
      {left && (
        <p className={styles.text}>
          {`${count(left.groups, 'more line')} made ${moneyChange(
            difference(left.now, left.before),
            currency,
          )} of it.`}
        </p>
      )}
    </>
  );
}
