import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Reallocation,
  RuleChange,
  RuleOrder,
  RuleSet,
} from '@waymark/plugin-costs-common';
import { Button, Select, TextField } from '@backstage/ui';
import { Failure, Panel, useDeed } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { costsApiRef } from '../api/CostsApi';
import { addMonths, firstDay, monthTitle, type Month } from '../view/months';
import { ChangeTable } from './ChangeTable';
import { changesOf, type Draft } from './draft';
import styles from './Rules.module.css';

const nothing = 'nothing';

/** What was changed and does not count yet: first its effect is shown, then it can be put in force. */
export function DraftPanel(props: {
  before: RuleSet;
  draft: Draft;
  /** Months that are billed, the newest first; absent until they are known. */
  months: Month[] | undefined;
  onStarted: (started: Reallocation) => void;
  onDiscard: () => void;
}) {
  const { before, draft, onStarted, onDiscard } = props;
  const months = props.months ?? [];
  const costs = useApi(costsApiRef);
  const looking = useDeed();
  const starting = useDeed();
  const [chosen, setChosen] = useState<string>();
  // Not when the draft begins: the months may not be known by then.
  const since = chosen ?? months[0] ?? nothing;
  const [reason, setReason] = useState('');
  const [seen, setSeen] = useState<{ order: RuleOrder; change: RuleChange }>();

  const next = firstDay(addMonths(months[0] ?? '2000-01', 1));
  const order: RuleOrder = {
    rules: draft,
    basedOn: before.id,
    from: since === nothing ? next : firstDay(since),
    // A period of nothing: from the day after all that is billed.
    to: since === nothing ? firstDay(addMonths(next.slice(0, 7), 1)) : next,
  };
  const isSeen = JSON.stringify(seen?.order) === JSON.stringify(order);
  const look = () =>
    looking.run(async () =>
      setSeen({ order, change: await costs.previewRules(order) }),
    );
  const start = () =>
    starting.run(async () =>
      onStarted(
        await costs.changeRules({
          ...order,
          ...(reason.trim() ? { reason: reason.trim() } : {}),
        }),
      ),
    );

  return (
    <Panel
      title="Not in force yet"
      lead="Nothing of this counts until you put it in force."
      isBusy={looking.isPending || starting.isPending}
      aside={
        <Button size="small" variant="secondary" onPress={onDiscard}>
          Discard it
        </Button>
      }
    >
      <ul className={styles.changes}>
        {changesOf(before.rules, draft).map(text => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <div className={styles.order}>
        <Select
          label="Allocate anew"
          className={styles.since}
          options={[
            { value: nothing, label: 'Only bills that come' },
            ...months.map((month, index) => ({
              value: month,
              label:
                index === 0
                  ? `${monthTitle(month)}, the newest`
                  : `All since ${monthTitle(month)}`,
            })),
          ]}
          value={since}
          onChange={key => setChosen(String(key))}
        />
        <TextField
          label="Why"
          className={styles.why}
          description="For those who look at the changes later."
          maxLength={500}
          value={reason}
          onChange={setReason}
        />
        <Button
          variant={isSeen ? 'secondary' : 'primary'}
          isDisabled={!props.months}
          isPending={looking.isPending}
          onPress={look}
        >
          Show what changes
        </Button>
        <Button
          isDisabled={!isSeen}
          isPending={starting.isPending}
          onPress={start}
        >
          Put it in force
        </Button>
      </div>
      {looking.error && (
        <Failure title="The rules cannot be followed" error={looking.error} />
      )}
      {starting.error && (
        <Failure
          title="The rules were not put in force"
          error={starting.error}
        />
      )}
      {seen && isSeen && <ChangeTable change={seen.change} />}
    </Panel>
  );
}
