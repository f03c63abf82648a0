import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Container, Link, Skeleton } from '@backstage/ui';
import { costsBudgetUpdatePermission } from '@waymark/plugin-costs-common';
import { RiWalletLine } from '@remixicon/react';
import {
  EntityName,
  Failure,
  NothingKnown,
  offsetOf,
  Pages,
  Panel,
  useAddress,
} from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { useBudgets } from '../live/questions';
import { budgetDocs } from '../parts/docs';
import { BudgetCards } from './BudgetCards';
import { BudgetDialog } from './BudgetDialog';
import styles from './Budgets.module.css';

const limit = 24;

/** What teams, systems and components may spend, and where they stand. */
export function BudgetsPage() {
  const { params, change, hrefWith } = useAddress();
  const entityRef = params.get('entityRef') ?? undefined;
  const offset = offsetOf(params.get('offset'));
  const { value, error, loading, refresh } = useBudgets({
    ...(entityRef ? { entityRef } : {}),
    limit,
    offset,
  });
  const { allowed } = usePermission({
    permission: costsBudgetUpdatePermission,
  });
  const maySet = entityRef ? value?.maySet ?? false : allowed;
  const [isNew, setNew] = useState(false);
  return (
    <Container>
      <div className={styles.page}>
        <Panel
          title="Budgets"
          lead={
            entityRef ? (
              <>
                Of <EntityName entityRef={entityRef} />.{' '}
                <Link href={hrefWith({ entityRef: undefined })}>
                  All budgets
                </Link>
              </>
            ) : (
              'What teams, systems and components may spend, beside what is billed and what is expected. Who owns them is told before the money is spent.'
            )
          }
          isBusy={loading}
          aside={
            maySet && (
              <Button
                size="small"
                iconStart={<RiWalletLine />}
                onPress={() => setNew(true)}
              >
                Set a budget
              </Button>
            )
          }
        >
          {error && (
            <Failure
              title="The budgets could not be read"
              error={error}
              onRetry={refresh}
            />
          )}
          {!value && !error && <Skeleton width="100%" height={240} />}
          {value && value.total === 0 && (
            <NothingKnown
              title="No budget is set"
              text="Without one nobody is told before the money is spent."
            >
              <li>
                {maySet
                  ? 'Set one for your team or for what it owns.'
                  : 'Those who lead a team can set one for it and for what it owns.'}
              </li>
              <li>
                <Link href={budgetDocs}>From the bill to the budget</Link> shows
                how, step by step.
              </li>
            </NothingKnown>
          )}
          {value && value.total > 0 && (
            <>
              <BudgetCards budgets={value.items} onChanged={refresh} />
              <Pages
                of="budgets"
                offset={offset}
                limit={limit}
                total={value.total}
                onGo={to => change({ offset: to > 0 ? String(to) : undefined })}
              />
            </>
          )}
        </Panel>
        {isNew && (
          <BudgetDialog
            entityRef={entityRef}
            onDone={() => {
              setNew(false);
              refresh();
            }}
            onClose={() => setNew(false)}
          />
        )}
      </div>
    </Container>
  );
}
