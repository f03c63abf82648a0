import { useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  costsRulesUpdatePermission,
  type Condition,
  type Rule,
  type RuleSet,
  filterText,
} from '@waymark/plugin-costs-common';
import { Button, Container, Skeleton } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import {
  Failure,
  Panel,
  timeText,
  useAskingAgain,
} from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { useReallocations, useRules } from '../live/questions';
import { explorerRouteRef } from '../routes';
import { monthTitle } from '../view/months';
import { CausesPanel } from './CausesPanel';
import { ChangesPanel, goesOn, OpenChange } from './ChangesPanel';
import { moved, put, without, type Draft } from './draft';
import { DraftPanel } from './DraftPanel';
import { RuleDialog } from './RuleDialog';
import { RuleList } from './RuleList';
import { addDays } from '../view/months';
import styles from './Rules.module.css';
import { useTaken } from './useTaken';

/** A rule that is being written: at a place, or a new one that begins with something. */
type Writing = { at?: number; rule?: Rule };

const changedText = ({ changedBy, changedAt }: RuleSet) =>
  changedBy && changedAt
    ? `Last changed by ${changedBy} on ${timeText(changedAt)}.`
    : 'These hold until somebody changes them.';

function Editor(props: { set: RuleSet; onChanged: () => void }) {
  const { set, onChanged } = props;
  const { allowed } = usePermission({ permission: costsRulesUpdatePermission });
  const explorer = useRouteRef(explorerRouteRef)?.() ?? '';
  const changes = useReallocations({ limit: 10 });
  const { months, taken, live } = useTaken();
  const [draft, setDraft] = useState<Draft>();
  const [writing, setWriting] = useState<Writing>();
  const open = changes.value?.items.find(goesOn);
  useAskingAgain(open !== undefined, () => {
    changes.refresh();
    onChanged();
    live.refresh();
  });

  const rules = draft ?? set.rules;
  const isChanged = JSON.stringify(rules) !== JSON.stringify(set.rules);
  // While rules are put in force, nobody else can change them.
  const canChange = allowed && !open;
  const hrefOf = (conditions: Condition[], groupBy: string) =>
    `${explorer}?${new URLSearchParams({
      filter: filterText(conditions),
      groupBy,
      measure: 'BilledCost',
      // Of the days that are told of here, and no others.
      ...(taken && {
        period: 'custom',
        first: taken.days.from,
        last: addDays(taken.days.to, -1),
      }),
    })}`;
  const others = rules.filter((_, index) => index !== writing?.at);

  return (
    <div className={styles.page}>
      {canChange && isChanged && (
        <DraftPanel
          before={set}
          draft={rules}
          months={months}
          onDiscard={() => setDraft(undefined)}
          onStarted={() => {
            setDraft(undefined);
            changes.refresh();
          }}
        />
      )}
      <Panel
        title="Who bears a charge"
        lead={`The first rule that takes it decides. ${changedText(set)}${
          taken
            ? ` The amounts are what each took of ${monthTitle(
                taken.month,
              )}, as billed.`
            : ''
        }`}
        isBusy={live.loading}
        aside={
          canChange && (
            <Button
              size="small"
              iconStart={<RiAddLine />}
              onPress={() => setWriting({})}
            >
              Add a rule
            </Button>
          )
        }
      >
        {open && <OpenChange one={open} />}
        <RuleList
          rules={rules}
          taken={taken}
          hrefOf={rule =>
            hrefOf([{ name: 'rule', value: rule ?? '' }], 'entity')
          }
          deeds={
            canChange
              ? {
                  onMove: (from, to) => setDraft(moved(rules, from, to)),
                  onEdit: at => setWriting({ at, rule: rules[at] }),
                  onRemove: at => setDraft(without(rules, at)),
                }
              : undefined
          }
        />
      </Panel>
      {taken && (
        <CausesPanel
          taken={taken}
          rules={set.rules}
          hrefOf={conditions =>
            hrefOf(
              // What has a cause is nobody's.
              conditions.length > 0
                ? conditions
                : [{ name: 'allocation', value: 'unallocated' }],
              'ResourceName',
            )
          }
          onRule={canChange ? rule => setWriting({ rule }) : undefined}
          onEdit={
            canChange
              ? ({ id }) => {
                  const at = rules.findIndex(one => one.id === id);
                  // Who removed it in the draft already writes another.
                  setWriting(at < 0 ? {} : { at, rule: rules[at] });
                }
              : undefined
          }
        />
      )}
      {changes.value && <ChangesPanel page={changes.value} />}
      {writing && (
        <RuleDialog
          rule={writing.rule}
          isNew={writing.at === undefined}
          taken={others.map(({ id }) => id)}
          onDone={rule => {
            setDraft(put(rules, rule, writing.at));
            setWriting(undefined);
          }}
          onClose={() => setWriting(undefined)}
        />
      )}
    </div>
  );
}

/** Who bears which charges: the rules in force, what each takes, and how to change them. */
export function RulesPage() {
  const { value, error, refresh } = useRules();
  return (
    <Container>
      {error && (
        <Failure
          title="The rules could not be read"
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={320} />}
      {value && (
        // Other rules are another draft.
        <Editor key={value.id} set={value} onChanged={refresh} />
      )}
    </Container>
  );
}
