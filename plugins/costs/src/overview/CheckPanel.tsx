import { RiCheckLine, RiErrorWarningLine } from '@remixicon/react';
import { Failure, Mark, Panel } from '@waymark/plugin-parts-react';
import { Skeleton } from '@backstage/ui';
import { totalOf } from '../charts/stack';
import { useTotals } from '../live/questions';
import { difference, signOf, sum } from '../money/decimal';
import { exactMoney } from '../money/words';
import { conversionOf, filterOf } from '../view/view';
import { measureWords } from '../words/measures';
import type { Looked } from './MonthCosts';
import styles from './Check.module.css';

const parts = [
  ['allocated', 'Allocated'],
  ['shared', 'Shared'],
  ['unallocated', 'Unallocated'],
] as const;

/**
 * The sum before everybody's eyes: what was allocated, shared and left over,
 * added up here, beside what the charges themselves come to, to the last digit.
 * Whoever sees a part of them sees what the portal says of that part.
 */
export function CheckPanel({ looked }: { looked: Looked }) {
  const { viewed, scope, currency, compared } = looked;
  const { measure } = viewed.view;
  // One question, so that both sides are of one moment.
  const { value, error, loading, refresh } = useTotals([
    {
      ...compared.now,
      measure,
      groupBy: 'allocation',
      check: true,
      ...conversionOf(viewed.view),
      ...filterOf(scope),
    },
  ]);
  const [split] = value ?? [];
  const charged = split?.charged;
  const amounts = parts.map(([key, title]) => ({
    title,
    amount:
      split?.items.find(item => item.key === key && item.currency === currency)
        ?.amount ?? '0',
  }));
  const total =
    split && totalOf(charged ? { totals: charged } : split, currency);
  const together = sum(amounts.map(({ amount }) => amount));
  const off = total && difference(together, total);
  const isEqual = off && signOf(off) === 0;
  return (
    <Panel
      title="The sum"
      lead={`${
        measureWords[measure].title
      } cost of these days, summed here digit by digit from its parts, beside ${
        charged
          ? 'the charges themselves, as bills have them'
          : 'what the portal says of all of them together'
      }.`}
      isBusy={loading}
      aside={
        off && (
          <Mark
            tone={isEqual ? 'positive' : 'negative'}
            Icon={isEqual ? RiCheckLine : RiErrorWarningLine}
            text={
              isEqual
                ? 'Adds up to the last digit'
                : `Off by ${exactMoney(off, currency)}`
            }
          />
        )
      }
    >
      {error && (
        <Failure
          title="The sum could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={56} />}
      {total && (
        <dl className={styles.sum}>
          {amounts.map(({ title, amount }, index) => (
            <div key={title} className={styles.part}>
              <dt>{title}</dt>
              <dd>
                {index > 0 && <span aria-hidden>+ </span>}
                {exactMoney(amount, currency)}
              </dd>
            </div>
          ))}
          <div className={styles.part} data-total="true">
            <dt>{charged ? 'All charges of bills' : 'Together'}</dt>
            <dd>
              <span aria-hidden>{isEqual ? '= ' : '≠ '}</span>
              {exactMoney(total, currency)}
            </dd>
          </div>
        </dl>
      )}
    </Panel>
  );
}
