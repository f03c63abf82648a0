import { measures, type Measure } from '@waymark/plugin-costs-common';
import { Select } from '@backstage/ui';
import { measureWords } from '../words/measures';
import styles from './Choices.module.css';

/** Chooses which of the four costs is looked at. */
export function MeasureSelect(props: {
  value: Measure;
  /** Which are offered; all four when absent. */
  offered?: readonly Measure[];
  /** Whether what it chooses stands above it, as with others beside it. */
  isTitled?: boolean;
  onChange: (measure: Measure) => void;
}) {
  const { value, offered = measures, isTitled, onChange } = props;
  return (
    <Select
      {...(isTitled ? { label: 'Cost' } : { 'aria-label': 'Cost' })}
      className={styles.choice}
      options={offered.map(measure => ({
        value: measure,
        label: `${measureWords[measure].title} cost`,
      }))}
      value={value}
      onChange={key =>
        onChange(measures.find(measure => measure === key) ?? value)
      }
    />
  );
}
