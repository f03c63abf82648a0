import type { Recommendation } from '@waymark/plugin-costs-common';
import type { CSSProperties } from 'react';
import { share } from '../money/decimal';
import { money } from '../money/words';
import { rangeText } from './words';
import styles from './Recommendations.module.css';

/** What could be saved of what something costs: for sure, and at most. */
export function SavingBar({
  recommendation,
}: {
  recommendation: Recommendation;
}) {
  const { low, high, cost, currency } = recommendation;
  const of = (amount: string) =>
    `${Math.min(1, Math.max(0, share(amount, cost) ?? 0)) * 100}%`;
  return (
    <div className={styles.saving}>
      <p className={styles.figure}>{rangeText(low, high, currency)}</p>
      <div
        className={styles.track}
        style={{ '--low': of(low), '--high': of(high) } as CSSProperties}
      >
        <div className={styles.most} />
        <div className={styles.least} />
      </div>
      <p className={styles.small}>{`of ${money(cost, currency)} a month`}</p>
    </div>
  );
}
