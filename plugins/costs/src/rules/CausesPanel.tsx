import {
  filterText,
  type Cause,
  type Condition,
  type Rule,
} from '@waymark/plugin-costs-common';
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
import { dimensionTitle } from '../words/dimensions';
import styles from './Rules.module.css';
import type { Taken } from './useTaken';

const shown = 10;

/** The name of a cause that is a rule's: it names somebody who is gone. */
const gone = 'entity';

/** What a bill says and nobody is called: the name of it, and what it says. */
function saidIn({ cause }: Cause): { value: string; said: string } | undefined {
  const at = cause?.indexOf('=') ?? -1;
  return cause && at > 0
    ? { value: cause.slice(0, at), said: cause.slice(at + 1) }
    : undefined;
}

function reasonOf(cause: Cause): string {
  const found = saidIn(cause);
  if (found?.value === gone) {
    return `A rule names ${found.said}, which the catalog does not have any more`;
  }
  if (found) {
    return `${dimensionTitle(found.value)} is “${
      found.said
    }”, and nobody is called so`;
  }
  const { serviceName, isTagged } = cause;
  const what = serviceName ?? 'What no bill names';
  return isTagged
    ? `${what}, tagged, but by nothing that a rule looks at`
    : `${what}, without tags`;
}

/** The way out that asks for no rule, which is often the better one. */
function remedyOf(cause: Cause): string {
  const found = saidIn(cause);
  if (found?.value === gone) return 'Change the rule.';
  if (found) return 'Correct it at the provider, or name an entity so.';
  return 'Tag it at the provider.';
}

/** What chooses the charges that have a cause; nothing where a rule is the cause. */
function conditionsOf(cause: Cause): Condition[] {
  const found = saidIn(cause);
  if (!found) return [{ name: 'ServiceName', value: cause.serviceName ?? '' }];
  return found.value === gone ? [] : [{ name: found.value, value: found.said }];
}

/** A rule that takes what has this cause, to begin with. */
function ruleFor(cause: Cause): Rule | undefined {
  const conditions = conditionsOf(cause);
  if (conditions.length === 0) return undefined;
  const [{ name, value }] = conditions;
  return {
    id: 'new',
    title: `${dimensionTitle(name)} ${value}`.trim(),
    by: 'entity',
    entityRef: '',
    where: filterText(conditions),
  };
}

/** Why charges are nobody's, the largest reasons first, and a way out of each. */
export function CausesPanel(props: {
  taken: Taken;
  /** Where the charges are that no rule took, all of them or some. */
  hrefOf: (conditions: Condition[]) => string;
  /** Begins a rule; absent for those who may only look. */
  onRule?: (rule: Rule | undefined) => void;
}) {
  const { taken, hrefOf, onRule } = props;
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
          {reasonOf(cause)}
          <span className={styles.remedy}>{remedyOf(cause)}</span>
        </>
      ),
    },
    {
      title: 'Resources',
      isFigure: true,
      render: cause => (
        <Link href={hrefOf(conditionsOf(cause))}>{cause.resources}</Link>
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
    ...(onRule
      ? [
          {
            title: 'What to do',
            render: (cause: Cause) => (
              <Button
                size="small"
                variant="secondary"
                aria-label={`Add a rule for: ${reasonOf(cause)}`}
                onPress={() => onRule(ruleFor(cause))}
              >
                Add a rule
              </Button>
            ),
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
