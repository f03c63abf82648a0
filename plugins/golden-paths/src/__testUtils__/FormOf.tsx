import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useState, type ComponentType } from 'react';

type FieldProps<T, O> = FieldExtensionComponentProps<T, O>;

/**
 * A form with one field in it, which keeps the value as the real one does.
 *
 * @param options.onValue - hears every value the field gives
 */
export function FormOf<T, O>(options: {
  field: ComponentType<FieldProps<T, O>>;
  title: string;
  uiSchema?: FieldProps<T, O>['uiSchema'];
  value?: T;
  formData?: object;
  rawErrors?: string[];
  onValue?: (value: T | undefined) => void;
}) {
  const [value, setValue] = useState<T | undefined>(options.value);
  const Field = options.field;
  const props = {
    name: 'field',
    idSchema: { $id: 'root_field' },
    schema: { title: options.title, type: 'string' },
    uiSchema: options.uiSchema ?? {},
    required: true,
    disabled: false,
    readonly: false,
    rawErrors: options.rawErrors ?? [],
    formData: value,
    formContext: { formData: options.formData ?? {} },
    onChange: (next: T | undefined) => {
      setValue(next);
      options.onValue?.(next);
    },
    onBlur: () => undefined,
    onFocus: () => undefined,
  };
  return <Field {...(props as unknown as FieldProps<T, O>)} />;
}
