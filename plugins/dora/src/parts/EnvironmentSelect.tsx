import { Select } from '@backstage/ui';
import { useEnvironments } from '../live/questions';

/** Chooses one of the environments that something was deployed to. */
export function EnvironmentSelect(props: {
  label: string;
  description?: string;
  /** As the address has it; offered also when nothing was deployed there. */
  value: string | undefined;
  onChange: (environment: string | undefined) => void;
  /** What stands for all of them, where all of them can be meant. */
  any?: string;
}) {
  const { label, description, value, onChange, any } = props;
  const known = useEnvironments().value?.items ?? [];
  const names = value && !known.includes(value) ? [...known, value] : known;
  const everywhere = '*';
  return (
    <Select
      label={label}
      description={description}
      options={[
        ...(any ? [{ value: everywhere, label: any }] : []),
        ...names.map(name => ({ value: name, label: name })),
      ]}
      value={value ?? (any ? everywhere : null)}
      onChange={key =>
        onChange(key === null || key === everywhere ? undefined : String(key))
      }
    />
  );
}
