import {
  Checkbox,
  NumberField,
  Select,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { Field } from './Field';
import { fieldId } from './focusField';
import type { FormField } from './schema';
import styles from './Form.module.css';

const textOf = (value: unknown) =>
  value === undefined || value === null ? '' : String(value);

const linesOf = (value: unknown) =>
  Array.isArray(value) ? value.join('\n') : '';

/** Asks for one parameter, in the way its schema wants. */
export function ParameterField(props: {
  field: FormField;
  value: unknown;
  problem?: string;
  onChange: (value: unknown) => void;
}) {
  const { field, value, problem, onChange } = props;
  const common = {
    label: field.title,
    description: [
      field.description,
      field.kind === 'number' && `May be ${field.range}.`,
    ]
      .filter(Boolean)
      .join(' '),
    isRequired: field.isRequired,
    isInvalid: problem !== undefined,
    // The portal says what is wrong; the browser's own bubbles would say it twice.
    validationBehavior: 'aria' as const,
  };
  const described = {
    'aria-describedby': problem && `${fieldId(field.path)}-problem`,
  };
  const input = () => {
    switch (field.kind) {
      case 'number':
        return (
          <NumberField
            {...common}
            {...described}
            value={typeof value === 'number' ? value : NaN}
            formatOptions={
              field.isWhole ? { maximumFractionDigits: 0 } : undefined
            }
            onChange={next => onChange(Number.isNaN(next) ? undefined : next)}
          />
        );
      case 'switch':
        return (
          <>
            <Checkbox isSelected={value === true} onChange={onChange}>
              {field.title}
            </Checkbox>
            {field.description && (
              <p className={styles.hint}>{field.description}</p>
            )}
          </>
        );
      case 'choice':
        return (
          <Select
            {...common}
            options={field.choices}
            value={value === undefined ? null : String(value)}
            onChange={key => onChange(key === null ? undefined : String(key))}
          />
        );
      case 'lines':
        return (
          <TextAreaField
            {...common}
            {...described}
            description={[field.description, 'One a line.']
              .filter(Boolean)
              .join(' ')}
            value={linesOf(value)}
            onChange={next => onChange(next ? next.split('\n') : undefined)}
          />
        );
      case 'longText':
        return (
          <TextAreaField
            {...common}
            {...described}
            placeholder={field.placeholder}
            value={textOf(value)}
            onChange={next => onChange(next || undefined)}
          />
        );
      default:
        return (
          <TextField
            {...common}
            {...described}
            placeholder={field.placeholder}
            value={textOf(value)}
            onChange={next => onChange(next || undefined)}
          />
        );
    }
  };
  return (
    <Field path={field.path} problem={problem}>
      {input()}
    </Field>
  );
}
