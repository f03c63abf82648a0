import { Select } from '@backstage/ui';

const anything = { value: 'any', label: 'Any' };

/** A filter with a few values, or any. */
export function Choice(props: {
  label: string;
  options: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { label, options, value, onChange } = props;
  return (
    <Select
      label={label}
      options={[anything, ...options]}
      value={value ?? anything.value}
      onChange={chosen =>
        onChange(chosen === anything.value ? undefined : String(chosen))
      }
    />
  );
}
