import type { Budget } from '@waymark/plugin-costs-common';
import { useState } from 'react';
import { BudgetCard } from './BudgetCard';
import { BudgetDialog } from './BudgetDialog';
import styles from './Budgets.module.css';

/** Budgets beside each other; those can be changed that the person may change. */
export function BudgetCards(props: {
  budgets: Budget[];
  onChanged: () => void;
}) {
  const { budgets, onChanged } = props;
  const [edited, setEdited] = useState<Budget>();
  return (
    <>
      <div className={styles.cards}>
        {budgets.map(budget => (
          <BudgetCard
            key={budget.id}
            budget={budget}
            onEdit={budget.mayChange ? () => setEdited(budget) : undefined}
          />
        ))}
      </div>
      {edited && (
        <BudgetDialog
          budget={edited}
          onDone={() => {
            setEdited(undefined);
            onChanged();
          }}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}
