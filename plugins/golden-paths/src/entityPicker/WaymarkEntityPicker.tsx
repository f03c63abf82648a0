import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Alert, Button, Combobox, ComboboxItem } from '@backstage/ui';
import styles from './WaymarkEntityPicker.module.css';
import { useEntityChoices, type EntityQuery } from './useEntityChoices';
import { useSelectedEntity } from './useSelectedEntity';

/** The options of the field: which kind, and of that kind which type. */
export type WaymarkEntityPickerOptions = { kind: string; type?: string };

/** Chooses one entity of the catalog, by its title; its value is the reference. */
export function WaymarkEntityPicker(
  props: FieldExtensionComponentProps<string, WaymarkEntityPickerOptions>,
) {
  const { formData, onChange, rawErrors, schema, uiSchema } = props;
  const options = uiSchema['ui:options'];
  const query: EntityQuery = {
    kind: options?.kind ?? 'Component',
    type: options?.type,
  };
  const { selected, select } = useSelectedEntity({
    entityRef: formData,
    query,
    onChange,
  });
  const choices = useEntityChoices(query, selected?.textValue);

  return (
    <div className={styles.picker}>
      <Combobox
        id={props.idSchema?.$id}
        label={uiSchema['ui:title'] ?? schema.title ?? query.kind}
        description={uiSchema['ui:description'] ?? schema.description}
        placeholder={uiSchema['ui:placeholder'] ?? 'Type to search'}
        items={choices}
        search={{ mode: 'server' }}
        value={selected}
        onChange={select}
        isRequired={props.required}
        isDisabled={props.disabled}
        isReadOnly={props.readonly}
        isInvalid={Boolean(rawErrors?.length)}
        // The form itself says what is missing, once it is sent.
        validationBehavior="aria"
      >
        {choice => (
          <ComboboxItem textValue={choice.textValue} showSelectionIndicator>
            <span className={styles.choice}>
              {choice.textValue}
              {choice.description && (
                <span className={styles.description}>{choice.description}</span>
              )}
            </span>
          </ComboboxItem>
        )}
      </Combobox>
      {/* The list keeps its last error while it loads again. */}
      {choices.loadingState === 'error' && choices.error && (
        <Alert
          status="danger"
          icon
          title="The catalog cannot be searched"
          description={choices.error.message}
          customActions={
            <Button size="small" variant="secondary" onPress={choices.reload}>
              Try again
            </Button>
          }
        />
      )}
    </div>
  );
}
