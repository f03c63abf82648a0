import type {
  BudgetUse,
  QuotaUse,
} from '@waymark/plugin-infrastructure-common';
import { figure } from '@waymark/plugin-parts-react';
import { Bar } from '../parts/Bar';
import { BudgetBar } from './BudgetBar';
import styles from './Decision.module.css';

/** What quota and budget would be left. */
export function AllowanceBars(props: { quota: QuotaUse; budget: BudgetUse }) {
  const { quota, budget } = props;
  return (
    <div className={styles.bars}>
      <Bar
        title={`Quota: ${quota.unit} in ${quota.environment}`}
        used={quota.used}
        asked={quota.asked}
        limit={quota.limit}
        text={figure}
      />
      <BudgetBar budget={budget} />
    </div>
  );
}
