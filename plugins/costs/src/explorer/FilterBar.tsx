import { type Condition } from '@waymark/plugin-costs-common';
import { Button, Select } from '@backstage/ui';
import { RiCloseLine, RiFilterLine } from '@remixicon/react';
import { useState } from 'react';
import { useTotals } from '../live/questions';
import { dimensionTitle, keyTitle } from '../words/dimensions';
import type { Explored } from './explored';
import { dimensionOptions } from './ExplorerBar';
import styles from './Explorer.module.css';

/** The values that are worth choosing: those with charges in the period, the largest first. */
function ValueSelect(props: {
  explored: Explored;
  name: string;
  onChoose: (value: string) => void;
}) {
  const { explored, name, onChoose } = props;
  const { value, error } = useTotals([
    {
      ...explored.days,
      measure: explored.measure,
      groupBy: name,
      limit: 200,
    },
  ]);
  const items = value?.[0].groupBy === name ? value[0].items : [];
  const keys = new Map(
    items.map(({ key, title }) => [key ?? '', keyTitle(name, key, title)]),
  );
  return (
    <Select
      label="Is"
      className={styles.choice}
      placeholder={error ? 'The values cannot be read' : 'Choose'}
      search={{ placeholder: 'Search values' }}
      options={[...keys].map(([key, label]) => ({
        value: `=${key}`,
        label,
      }))}
      value={null}
      onChange={key => key !== null && onChoose(String(key).slice(1))}
    />
  );
}

function wordsOf({ name, value }: Condition): string {
  return `${dimensionTitle(name)}: ${keyTitle(name, value)}`;
}

/** The conditions that charges have to meet, and one more. */
export function FilterBar(props: {
  explored: Explored;
  onChange: (conditions: Condition[]) => void;
}) {
  const { explored, onChange } = props;
  const { conditions } = explored;
  const [isAdding, setAdding] = useState(false);
  const [name, setName] = useState('ServiceName');
  return (
    <div className={styles.filters}>
      {conditions.map((condition, index) => (
        <Button
          key={wordsOf(condition)}
          size="small"
          variant="secondary"
          iconEnd={<RiCloseLine />}
          aria-label={`Without the condition ${wordsOf(condition)}`}
          onPress={() => onChange(conditions.filter((_, at) => at !== index))}
        >
          {wordsOf(condition)}
        </Button>
      ))}
      {isAdding ? (
        <>
          <Select
            label="Only charges whose"
            className={styles.choice}
            search={{ placeholder: 'Search columns' }}
            options={dimensionOptions(name)}
            value={name}
            onChange={key => setName(String(key))}
          />
          <ValueSelect
            key={name}
            explored={explored}
            name={name}
            onChoose={value => {
              setAdding(false);
              onChange([...conditions, { name, value }]);
            }}
          />
          <Button
            size="small"
            variant="tertiary"
            onPress={() => setAdding(false)}
          >
            Cancel
          </Button>
        </>
      ) : (
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiFilterLine />}
          onPress={() => setAdding(true)}
        >
          Add a condition
        </Button>
      )}
    </div>
  );
}
