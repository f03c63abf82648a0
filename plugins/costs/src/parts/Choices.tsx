import { measures, type Measure } from '@waymark/plugin-costs-common';
import { Select } from '@backstage/ui';
import { measureWords } from '../words/measures';
import styles from './Choices.module.css';

/** Chooses which of the four costs is looked at. */
export function MeasureSelect(props: {
  value: Measure;
  /** Which are offered; all four when absent. */
  offered?: readonly Measure[];
  onChange: (measure: Measure) => void;
}) {
  const { value, offered = measures, onChange } = props;
  return (
    <Select
      aria-label="Cost"
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
