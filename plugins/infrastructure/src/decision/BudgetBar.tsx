import { Link } from '@backstage/ui';
import type { BudgetUse } from '@waymark/plugin-infrastructure-common';
import { Bar } from '../parts/Bar';
import { money } from '../words/money';
import styles from './Decision.module.css';

/** What the bar of a budget that is set under Costs is made of. */
function Counted({ budget }: { budget: BudgetUse }) {
  const { expected = 0, promised = 0, isForecast } = budget;
  return (
    <p className={styles.note}>
      {`${money(expected)} ${
        isForecast ? 'are expected of this month’s bills' : 'are billed so far'
      }, ${money(promised)} promised to what is too new for them. `}
      <Link href="/costs/budgets">Budgets</Link>
    </p>
  );
}

/** What of the one budget that counts would be left. */
export function BudgetBar({ budget }: { budget: BudgetUse }) {
  const { by, used, asked, limit } = budget;
  if (by === 'nobody') {
    return (
      <p className={styles.note}>
        What is left of the budget could not be read just now. This is not
        nothing and not everything: who answers for the budget decides.
      </p>
    );
  }
  return (
    <div>
      <Bar
        title="Budget a month"
        used={used}
        asked={asked}
        limit={limit}
        text={money}
      />
      {by === 'budget' && <Counted budget={budget} />}
    </div>
  );
}
