import { Button, ButtonIcon, TextField } from '@backstage/ui';
import { RiAddLine, RiCloseLine } from '@remixicon/react';
import { BearerField } from './BearerField';
import type { Pair } from './form';
import styles from './Rules.module.css';

/** Rows of an entity, each with a text beside it where it takes one. */
export function PairsField(props: {
  legend: string;
  description: string;
  /** What the text of a row is; no text when absent. */
  textLabel?: string;
  pairs: Pair[];
  onChange: (pairs: Pair[]) => void;
  problem?: string;
}) {
  const { legend, description, textLabel, pairs, onChange, problem } = props;
  const set = (at: number, pair: Partial<Pair>) =>
    onChange(
      pairs.map((one, index) => (index === at ? { ...one, ...pair } : one)),
    );
  return (
    <fieldset className={styles.pairs}>
      <legend className={styles.legend}>{legend}</legend>
      <p className={styles.hint}>{description}</p>
      {pairs.map((pair, index) => (
        // Rows have nothing of their own to be told apart by while they are written.
        <div key={`${index} of ${pairs.length}`} className={styles.pair}>
          {textLabel && (
            <TextField
              label={textLabel}
              value={pair.text}
              onChange={text => set(index, { text })}
            />
          )}
          <BearerField
            label="Who"
            entityRef={pair.ref}
            onChange={ref => set(index, { ref })}
          />
          <ButtonIcon
            icon={<RiCloseLine />}
            variant="tertiary"
            aria-label={`Remove row ${index + 1}`}
            onPress={() => onChange(pairs.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiAddLine />}
        onPress={() => onChange([...pairs, { ref: undefined, text: '' }])}
      >
        Add a row
      </Button>
    </fieldset>
  );
}
