import { parseEntityRef } from '@backstage/catalog-model';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { Combobox, ComboboxItem } from '@backstage/ui';
import {
  everything,
  useScopeChoices,
  type ScopeChoice,
} from './useScopeChoices';

function Chooser(props: {
  chosen: ScopeChoice;
  onChange: (entityRef: string | undefined) => void;
}) {
  const { chosen, onChange } = props;
  const choices = useScopeChoices(chosen.textValue);
  return (
    <Combobox
      label="Deliveries of"
      items={choices}
      search={{ mode: 'server' }}
      value={chosen}
      onChange={choice => {
        if (choice) {
          onChange(choice.id === everything.id ? undefined : choice.id);
        }
      }}
    >
      {choice => (
        <ComboboxItem textValue={choice.textValue} showSelectionIndicator>
          {choice.textValue}
        </ComboboxItem>
      )}
    </Combobox>
  );
}

function Chosen(props: {
  entityRef: string;
  onChange: (entityRef: string | undefined) => void;
}) {
  const { entityRef, onChange } = props;
  const { primaryTitle } = useEntityPresentation(entityRef);
  const kind = entityRef.split(':')[0];
  return (
    <Chooser
      chosen={{ id: entityRef, textValue: `${primaryTitle} (${kind})` }}
      onChange={onChange}
    />
  );
}

function isEntityRef(text: string): boolean {
  try {
    return Boolean(parseEntityRef(text));
  } catch {
    return false;
  }
}

/** Chooses the part of the organisation that a list is about. */
export function ScopeFilter(props: {
  /** As the address has it; what is no reference counts as nothing. */
  entityRef: string;
  onChange: (entityRef: string | undefined) => void;
}) {
  const { entityRef, onChange } = props;
  return isEntityRef(entityRef) ? (
    <Chosen entityRef={entityRef} onChange={onChange} />
  ) : (
    <Chooser chosen={everything} onChange={onChange} />
  );
}
