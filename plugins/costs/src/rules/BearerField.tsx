import { Select } from '@backstage/ui';
import { EntityCombobox } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import styles from './Rules.module.css';

const kinds = [
  { value: 'group', label: 'Team' },
  { value: 'component', label: 'Component' },
  { value: 'system', label: 'System' },
  { value: 'domain', label: 'Domain' },
  { value: 'resource', label: 'Resource' },
];

/** Chooses who bears a charge: an entity of one of the kinds that costs are rolled up by. */
export function BearerField(props: {
  label: string;
  entityRef: string | undefined;
  onChange: (entityRef: string | undefined) => void;
  problem?: string;
}) {
  const { label, entityRef, onChange, problem } = props;
  const [kind, setKind] = useState(entityRef?.split(':')[0] ?? 'group');
  return (
    <div className={styles.bearer}>
      <Select
        label="Kind"
        className={styles.kind}
        options={kinds}
        value={kind}
        onChange={key => {
          setKind(String(key));
          onChange(undefined);
        }}
      />
      <EntityCombobox
        // Another kind is another list.
        key={kind}
        label={label}
        query={{ kind }}
        entityRef={entityRef}
        onChange={onChange}
        problem={problem}
      />
    </div>
  );
}
