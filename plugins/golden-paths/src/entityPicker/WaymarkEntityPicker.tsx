import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { EntityCombobox } from '@waymark/plugin-parts-react';
import styles from './WaymarkEntityPicker.module.css';

/** The options of the field: which kind, and of that kind which type. */
export type WaymarkEntityPickerOptions = { kind: string; type?: string };

/** Chooses one entity of the catalog, by its title; its value is the reference. */
export function WaymarkEntityPicker(
  props: FieldExtensionComponentProps<string, WaymarkEntityPickerOptions>,
) {
  const { schema, uiSchema } = props;
  const { kind = 'Component', type } = uiSchema['ui:options'] ?? {};
  return (
    <div className={styles.field}>
      <EntityCombobox
        id={props.idSchema?.$id}
        query={{ kind, type }}
        beginsWithOwn
        label={uiSchema['ui:title'] ?? schema.title ?? kind}
        description={uiSchema['ui:description'] ?? schema.description}
        placeholder={uiSchema['ui:placeholder']}
        entityRef={props.formData}
        onChange={props.onChange}
        isRequired={props.required}
        isDisabled={props.disabled}
        isReadOnly={props.readonly}
        isInvalid={Boolean(props.rawErrors?.length)}
      />
    </div>
  );
}
