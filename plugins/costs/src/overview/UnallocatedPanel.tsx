import { filterText } from '@waymark/plugin-costs-common';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link, Skeleton } from '@backstage/ui';
import { Failure, Panel } from '@waymark/plugin-parts-react';
import { totalOf } from '../charts/stack';
import { useTotals } from '../live/questions';
import { length, share } from '../money/decimal';
import { exactMoney, money, percent } from '../money/words';
import { PartName } from '../parts/PartName';
import { ShareBar } from '../parts/ShareBar';
import { allocationDocs } from '../parts/docs';
import { explorerRouteRef } from '../routes';
import { conversionOf, filterOf } from '../view/view';
import { keyTitle } from '../words/dimensions';
import type { Looked } from './MonthCosts';
import styles from './Overview.module.css';

const shown = 5;
const nobodys = { name: 'allocation', value: 'unallocated' };

/** What nobody owns: how much of all, the largest causes, and the way to an owner. */
export function UnallocatedPanel({ looked }: { looked: Looked }) {
  const { viewed, currency, compared } = looked;
  const { measure } = viewed.view;
  const converted = conversionOf(viewed.view);
  const explorer = useRouteRef(explorerRouteRef)?.() ?? '';
  const { value, error, loading, refresh } = useTotals([
    {
      ...compared.now,
      measure,
      groupBy: 'ResourceName',
      limit: 50,
      ...converted,
      ...filterOf(undefined, [nobodys]),
    },
    { ...compared.now, measure, ...converted },
  ]);
  const [causes, all] = value ?? [];
  const amount = causes && totalOf(causes, currency);
  const ofAll = amount ? share(amount, totalOf(all, currency)) : undefined;
  const items =
    causes?.items.filter(item => item.currency === currency).slice(0, shown) ??
    [];
  const largest = Math.max(...items.map(item => Math.abs(length(item.amount))));
  const query = new URLSearchParams({
    filter: filterText([nobodys]),
    groupBy: 'ResourceName',
    measure,
  });
  return (
    <Panel
      title="What nobody owns"
      lead={
        amount &&
        `${money(amount, currency)}${
          ofAll === undefined ? '' : `, ${percent(ofAll)} of all`
        }`
      }
      aside={<Link href={`${explorer}?${query}`}>All of it</Link>}
      isBusy={loading}
    >
      {error && (
        <Failure
          title="What nobody owns could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={200} />}
      {value && items.length === 0 && (
        <p className={styles.text}>Everything has an owner.</p>
      )}
      {items.length > 0 && (
        <>
          <ol className={styles.list}>
            {items.map(item => (
              <li key={item.key ?? ''} className={styles.mover}>
                <PartName
                  dimension="ResourceName"
                  partKey={item.key}
                  title={
                    item.key
                      ? keyTitle('ResourceName', item.key)
                      : 'Charges of no resource'
                  }
                />
                <span title={exactMoney(item.amount, currency)}>
                  {money(item.amount, currency)}
                </span>
                <ShareBar
                  share={Math.abs(length(item.amount)) / largest}
                  tone="nobodys"
                />
              </li>
            ))}
          </ol>
          <p className={styles.fix}>
            Tag these with their component or team at the provider, or have a
            rule take them.{' '}
            <Link href={allocationDocs}>How charges find their owner</Link>
          </p>
        </>
      )}
    </Panel>
  );
}
