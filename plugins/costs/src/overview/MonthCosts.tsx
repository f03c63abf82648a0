import { Skeleton } from '@backstage/ui';
import { Failure } from '@waymark/plugin-parts-react';
import type { ReactNode } from 'react';
import { BudgetsPanel, hasBudgets } from '../budgets/BudgetsPanel';
import { ChangesPanel } from '../changes/ChangesPanel';
import type { Series } from '../charts/stack';
import { OutlookPanel } from '../forecast/OutlookPanel';
import { RecommendationsPanel } from '../recommendations/RecommendationsPanel';
import { useSeesAll } from '../parts/useSeesAll';
import { NoBills } from '../parts/NoBills';
import { monthTitle, type Compared, type Month } from '../view/months';
import type { Viewed } from '../view/useView';
import type { Scope } from '../view/view';
import { hasUnits, UnitCostsPanel } from '../units/UnitCostsPanel';
import { CheckPanel } from './CheckPanel';
import { PartsPanel } from './PartsPanel';
import { Tiles } from './Tiles';
import { UnallocatedPanel } from './UnallocatedPanel';
import { useMonth } from './useOverview';
import styles from './Overview.module.css';

/** What the panels of a month are about. */
export type Looked = {
  viewed: Viewed;
  scope: Scope | undefined;
  by: string;
  month: Month;
  currency: string;
  compared: Compared;
  /** Which colour each part wears in the trend. */
  colours: ReadonlyMap<Series['key'], Series['colour']>;
};

/** A month in figures, beside the trend. */
export function MonthCosts(props: {
  viewed: Viewed;
  scope: Scope | undefined;
  by: string;
  month: Month;
  currency: string;
  colours: Looked['colours'];
  trend: ReactNode;
}) {
  const { viewed, scope, by, month, currency, colours, trend } = props;
  const seesAll = useSeesAll();
  const { into } = viewed.view;
  const soFar = useMonth({
    view: viewed.view,
    month,
    currency,
    scope,
  });
  const { live, compared } = soFar;
  if (live.error) {
    return (
      <>
        <Failure
          title="The month could not be read"
          error={live.error}
          onRetry={live.refresh}
        />
        {trend}
      </>
    );
  }
  // The last month's answer stays until this one's is there.
  if (!live.value || (live.loading && !compared)) {
    return (
      <>
        <Skeleton width="100%" height={112} />
        {trend}
      </>
    );
  }
  if (!compared) {
    return (
      <>
        <NoBills
          title={`Nothing in ${currency} is billed of ${monthTitle(month)}`}
        />
        {trend}
      </>
    );
  }
  const looked = { viewed, scope, by, month, currency, compared, colours };
  return (
    <>
      <Tiles looked={looked} soFar={soFar} />
      {trend}
      {!into && (
        <>
          <OutlookPanel looked={looked} />
          {hasBudgets(scope) && (
            <BudgetsPanel scope={scope} currency={currency} />
          )}
        </>
      )}
      <div className={styles.halves}>
        <PartsPanel looked={looked} />
        {!scope && seesAll && <UnallocatedPanel looked={looked} />}
      </div>
      {into ? (
        <p className={styles.text}>
          Forecasts, budgets, what could cost less, what one costs and what
          changed are told in the currency of each bill: a price and an exchange
          rate are two causes. Choose one of the currencies as billed to see
          them.
        </p>
      ) : (
        <>
          {hasUnits(scope) && <UnitCostsPanel scope={scope} looked={looked} />}
          <RecommendationsPanel scope={scope} currency={currency} />
          <ChangesPanel looked={looked} />
        </>
      )}
      <CheckPanel looked={looked} />
    </>
  );
}
