import { auditActions } from '@waymark/plugin-infrastructure-common';
import {
  Choice,
  DayField,
  dayIn,
  EntityCombobox,
  TextFilter,
  type Address,
} from '@waymark/plugin-parts-react';
import { spoken } from '../words/spoken';

const actions = auditActions.map(value => ({ value, label: spoken(value) }));

/** Which entries are shown: of when, of what, of whom, and about what. */
export function AuditFilters({ params, change }: Omit<Address, 'hrefWith'>) {
  const valueOf = (key: string) => params.get(key) ?? '';
  // What comes after an entry is another part of another list.
  const choose = (key: string) => (value: string | undefined) =>
    change({ [key]: value || undefined, after: undefined });
  const action = actions.find(({ value }) => value === valueOf('action'));
  return (
    <>
      <DayField
        label="From"
        value={valueOf('from')}
        max={valueOf('to') || dayIn(0)}
        onChange={choose('from')}
      />
      <DayField
        label="To"
        value={valueOf('to')}
        min={valueOf('from') || undefined}
        max={dayIn(0)}
        onChange={choose('to')}
      />
      <Choice
        label="What"
        any="Anything"
        options={actions}
        value={action?.value}
        onChange={choose('action')}
      />
      <EntityCombobox
        label="By"
        placeholder="Anybody"
        query={{ kind: 'User' }}
        entityRef={valueOf('by') || undefined}
        onChange={choose('by')}
      />
      <TextFilter
        label="Request"
        placeholder="Its id"
        value={valueOf('request')}
        onChange={choose('request')}
      />
      <TextFilter
        label="Resource"
        placeholder="Its id"
        value={valueOf('resource')}
        onChange={choose('resource')}
      />
    </>
  );
}
