import { Skeleton } from '@backstage/ui';
import { Failure, Panel } from '@waymark/plugin-parts-react';
import { seriesOf } from '../charts/stack';
import { colours } from '../charts/Swatch';
import { ConversionNote } from '../rates/ConversionNote';
import { NoBills } from '../parts/NoBills';
import type { Scope } from '../view/view';
import type { Viewed } from '../view/useView';
import { MonthCosts } from './MonthCosts';
import { OverviewBar } from './OverviewBar';
import { TrendPanel } from './TrendPanel';
import { useTrend } from './useOverview';
import styles from './Overview.module.css';

/** What the organisation or a part of it spends: how much, on whom, what moved, and what nobody owns. */
export function ScopeCosts(props: { viewed: Viewed; scope?: Scope }) {
  const { viewed, scope } = props;
  const trend = useTrend({ view: viewed.view, scope, now: new Date() });
  const { live, answer, currency, month, by } = trend;

  if (live.error && !answer) {
    return (
      <Failure
        title="The costs could not be read"
        error={live.error}
        onRetry={live.refresh}
      />
    );
  }
  if (!answer) {
    return (
      <div className={styles.overview} aria-busy="true">
        <Skeleton width="60%" height={32} />
        <Skeleton width="100%" height={112} />
        <Skeleton width="100%" height={320} />
      </div>
    );
  }
  if (!currency || !month) {
    return (
      <Panel title="No costs yet">
        <NoBills
          title={
            scope
              ? 'No charge of the last 13 months belongs to this'
              : 'No bill of the last 13 months is known'
          }
        />
      </Panel>
    );
  }
  return (
    <div className={`${styles.overview} ${colours}`}>
      <OverviewBar
        viewed={viewed}
        trend={trend}
        month={month}
        currency={currency}
      />
      {live.error && (
        <Failure
          title="The costs could not be read again"
          error={live.error}
          onRetry={live.refresh}
        />
      )}
      {answer.conversion && <ConversionNote conversion={answer.conversion} />}
      <MonthCosts
        viewed={viewed}
        scope={scope}
        by={by}
        month={month}
        currency={currency}
        colours={
          new Map(
            seriesOf(answer, currency).map(({ key, colour }) => [key, colour]),
          )
        }
        trend={
          <TrendPanel
            viewed={viewed}
            scope={scope}
            by={by}
            trend={trend}
            currency={currency}
            month={month}
          />
        }
      />
    </div>
  );
}
