import type { Budget } from '@waymark/plugin-costs-common';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Link } from '@backstage/ui';
import { dateText, EntityName, Mark } from '@waymark/plugin-parts-react';
import { magnitude, signOf } from '../money/decimal';
import { money, percent } from '../money/words';
import { measureWords } from '../words/measures';
import { BudgetBar } from './BudgetBar';
import { budgetStates, thresholdsText, timeText } from './words';
import styles from './Budgets.module.css';

function leftText({ status, currency }: Budget): string {
  const { remaining } = status;
  return signOf(remaining) < 0
    ? `${money(magnitude(remaining), currency)} more than there is`
    : `${money(remaining, currency)} left`;
}

function rangeText({ status, currency }: Budget): string | undefined {
  const { low, high, coverage, reason, state } = status.outlook;
  if (low !== null && high !== null && coverage !== undefined) {
    return `Expected between ${money(low, currency)} and ${money(
      high,
      currency,
    )} (${percent(coverage)} sure)`;
  }
  return state === 'insufficient' ? `No forecast: ${reason}` : undefined;
}

/** A budget: what is spent of it, what is expected, who is told, and who decided it. */
export function BudgetCard(props: {
  budget: Budget;
  /** Lets the person change it; absent when they may not. */
  onEdit?: () => void;
}) {
  const { budget, onEdit } = props;
  const { title, entityRef, measure, status, ownerRef } = budget;
  const linkOf = useEntityRefLink();
  const name = `${title}, ${timeText(budget)}`;
  return (
    <article className={styles.card} aria-label={name}>
      <div className={styles.title}>
        <h3>
          <Link href={`${linkOf(entityRef)}/costs`}>{title}</Link>
          {`, ${timeText(budget)}`}
        </h3>
        <Mark {...budgetStates[status.state]} />
      </div>
      <BudgetBar budget={budget} />
      <p className={styles.text}>
        {[
          leftText(budget),
          rangeText(budget),
          `${measureWords[measure].title} cost${
            status.knownThrough
              ? `, billed until ${dateText(status.knownThrough, 'UTC')}`
              : ''
          }`,
          thresholdsText(budget.thresholds),
        ]
          .filter(Boolean)
          .join('. ')}
        .
        {ownerRef && (
          <>
            {' Owned by '}
            <EntityName entityRef={ownerRef} />.
          </>
        )}{' '}
        Set by <EntityName entityRef={budget.changedBy ?? budget.setBy} />.
      </p>
      {onEdit && (
        <div>
          <Button
            size="small"
            variant="secondary"
            aria-label={`Change the budget: ${name}`}
            onPress={onEdit}
          >
            Change
          </Button>
        </div>
      )}
    </article>
  );
}
