import { Select } from '@backstage/ui';

/** What stands for no choice; no value of ours is called so. */
const anything = 'any';

/** A filter with a few values, or any. */
export function Choice(props: {
  label: string;
  options: readonly { value: string; label: string }[];
  /** What is said where nothing is chosen. */
  any?: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  className?: string;
}) {
  const { label, options, any = 'Any', value, onChange, className } = props;
  return (
    <Select
      label={label}
      className={className}
      options={[{ value: anything, label: any }, ...options]}
      value={value ?? anything}
      onChange={chosen =>
        onChange(chosen === anything ? undefined : String(chosen))
      }
    />
  );
}
