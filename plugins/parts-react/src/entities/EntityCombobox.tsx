import { Alert, Button, Combobox, ComboboxItem } from '@backstage/ui';
import styles from './EntityCombobox.module.css';
import { useEntityChoices, type EntityQuery } from './useEntityChoices';
import { useSelectedEntity } from './useSelectedEntity';

/** Chooses one entity of the catalog by its title, a page of them at a time. */
export function EntityCombobox(props: {
  id?: string;
  label: string;
  description?: string;
  placeholder?: string;
  /** Which entities can be chosen. */
  query: EntityQuery;
  entityRef: string | undefined;
  onChange: (entityRef: string | undefined) => void;
  /** Where nothing is chosen yet, begins with the person's own group. */
  beginsWithOwn?: boolean;
  isRequired?: boolean;
  isDisabled?: boolean;
  isReadOnly?: boolean;
  isInvalid?: boolean;
  /** What is wrong with the choice. */
  problem?: string;
}) {
  const { query, problem } = props;
  const { selected, select } = useSelectedEntity({
    entityRef: props.entityRef,
    query,
    beginsWithOwn: props.beginsWithOwn ?? false,
    onChange: props.onChange,
  });
  const choices = useEntityChoices(query, selected?.textValue);

  return (
    <div className={styles.picker}>
      <Combobox
        id={props.id}
        label={props.label}
        description={props.description}
        placeholder={props.placeholder ?? 'Type to search'}
        items={choices}
        search={{ mode: 'server' }}
        value={selected}
        onChange={select}
        isRequired={props.isRequired}
        isDisabled={props.isDisabled}
        isReadOnly={props.isReadOnly}
        isInvalid={props.isInvalid || problem !== undefined}
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
      {problem && <p className={styles.problem}>{problem}</p>}
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
