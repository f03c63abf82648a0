import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, Link, Skeleton } from '@backstage/ui';
import { Failure, Panel } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { useBudgets } from '../live/questions';
import { budgetsRouteRef } from '../routes';
import type { Scope } from '../view/view';
import { BudgetCards } from './BudgetCards';
import { BudgetDialog } from './BudgetDialog';
import { worstFirst } from './words';
import styles from './Budgets.module.css';

const shown = 3;

/** Whether there are budgets of such a scope at all. */
export const hasBudgets = (scope: Scope | undefined): boolean =>
  scope?.level !== 'domain' && scope?.level !== 'resource';

/** The budgets of a scope; of the organisation those that need somebody most. */
export function BudgetsPanel(props: {
  scope: Scope | undefined;
  currency: string;
}) {
  const { scope, currency } = props;
  const entityRef = scope?.entityRef;
  const page = useRouteRef(budgetsRouteRef)?.() ?? '';
  const { value, error, loading, refresh } = useBudgets({
    ...(entityRef ? { entityRef } : {}),
    limit: 200,
  });
  const [isNew, setNew] = useState(false);
  const budgets = [...(value?.items ?? [])].sort(worstFirst).slice(0, shown);
  return (
    <Panel
      title="Budgets"
      lead={
        scope ? undefined : 'Those first that are over, or are expected to be.'
      }
      isBusy={loading}
      aside={
        <>
          <Link href={page}>All budgets</Link>
          {value?.maySet && (
            <Button
              size="small"
              variant="secondary"
              onPress={() => setNew(true)}
            >
              Set a budget
            </Button>
          )}
        </>
      }
    >
      {error && (
        <Failure
          title="The budgets could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={160} />}
      {value && budgets.length === 0 && (
        <p className={styles.text}>
          {scope
            ? 'No budget is set for it: nobody is told before the money is spent.'
            : 'No budget is set.'}
        </p>
      )}
      {budgets.length > 0 && (
        <BudgetCards budgets={budgets} onChanged={refresh} />
      )}
      {isNew && (
        <BudgetDialog
          entityRef={entityRef}
          currency={currency}
          onDone={() => {
            setNew(false);
            refresh();
          }}
          onClose={() => setNew(false)}
        />
      )}
    </Panel>
  );
}
