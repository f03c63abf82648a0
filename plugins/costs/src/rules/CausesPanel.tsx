import type { Cause, Condition, Rule } from '@waymark/plugin-costs-common';
import { Button, Link, Skeleton } from '@backstage/ui';
import {
  count,
  DataTable,
  Failure,
  Panel,
  type Column,
} from '@waymark/plugin-parts-react';
import { useCauses } from '../live/questions';
import { exactMoney, money } from '../money/words';
import { monthTitle } from '../view/months';
import {
  conditionsOf,
  reasonOf,
  remedyOf,
  ruleFor,
  sharingRule,
} from './causeWords';
import styles from './Rules.module.css';
import type { Taken } from './useTaken';

const shown = 10;

/** Why charges are nobody's, the largest reasons first, and a way out of each. */
export function CausesPanel(props: {
  taken: Taken;
  /** The rules that are in force. */
  rules: Rule[];
  /** Where the charges are that no rule took, all of them or some. */
  hrefOf: (conditions: Condition[]) => string;
  /** Begins a rule; absent for those who may only look. */
  onRule?: (rule: Rule | undefined) => void;
  /** Changes a rule; absent for those who may only look. */
  onEdit?: (rule: Rule) => void;
}) {
  const { taken, rules, hrefOf, onRule, onEdit } = props;
  const { value, error, loading, refresh } = useCauses({
    ...taken.days,
    measure: 'BilledCost',
    limit: shown,
  });
  const columns: Column<Cause>[] = [
    {
      title: 'Why',
      render: cause => (
        <>
          {reasonOf(cause, rules)}
          <span className={styles.remedy}>{remedyOf(cause, rules)}</span>
        </>
      ),
    },
    {
      title: 'Resources',
      isFigure: true,
      render: cause => (
        <Link href={hrefOf(conditionsOf(cause))}>
          {cause.resources || 'None'}
        </Link>
      ),
    },
    {
      title: 'Billed',
      isFigure: true,
      render: ({ amount, currency }) => (
        <span title={exactMoney(amount, currency)}>
          {money(amount, currency)}
        </span>
      ),
    },
    ...(onRule && onEdit
      ? [
          {
            title: 'What to do',
            render: (cause: Cause) => {
              const sharing = sharingRule(cause, rules);
              const words = sharing ? 'Change the rule' : 'Add a rule';
              return (
                <Button
                  size="small"
                  variant="secondary"
                  aria-label={`${words} for: ${reasonOf(cause, rules)}`}
                  onPress={() =>
                    sharing ? onEdit(sharing) : onRule(ruleFor(cause))
                  }
                >
                  {words}
                </Button>
              );
            },
          },
        ]
      : []),
  ];
  return (
    <Panel
      title="Why charges are nobody’s"
      lead={`Of ${monthTitle(
        taken.month,
      )}, the largest reasons first. Often a tag at the provider or a name in the catalog is all it takes.`}
      aside={<Link href={hrefOf([])}>All of it</Link>}
      isBusy={loading}
    >
      {error && (
        <Failure
          title="The reasons could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={160} />}
      {value && value.items.length === 0 && (
        <p className={styles.text}>Everything has an owner.</p>
      )}
      {value && value.items.length > 0 && (
        <DataTable
          label={count(value.items.length, 'reason')}
          columns={columns}
          rows={value.items}
          keyOf={({ cause, currency, serviceName, isTagged }) =>
            [cause, currency, serviceName, isTagged].join()
          }
        />
      )}
    </Panel>
  );
}
