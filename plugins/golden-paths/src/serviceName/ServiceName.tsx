import { useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import { useAnswer, useSettled } from '@waymark/plugin-parts-react';
import { useCallback, useId } from 'react';
import { goldenPathsApiRef } from '../api/GoldenPathsApi';
import { NameStatus } from './NameStatus';
import styles from './ServiceName.module.css';

const typingPauseMs = 300;

/** Asks for a name and says, while it is typed, whether it is free. */
export function ServiceName(props: FieldExtensionComponentProps<string>) {
  const { formData: name, onChange, rawErrors, schema, uiSchema } = props;
  const goldenPaths = useApi(goldenPathsApiRef);
  const statusId = useId();
  const settled = useSettled(name, typingPauseMs);
  const question = useCallback(
    (signal: AbortSignal) => goldenPaths.checkName(settled ?? '', { signal }),
    [goldenPaths, settled],
  );
  const asked = useAnswer(settled ? question : undefined);
  // An answer is about one name: it says nothing of the one being typed now.
  const isCurrent = name === settled && asked.state !== 'asking';
  const isFree = isCurrent && asked.answer?.available === true;
  const isTaken = isCurrent && asked.answer?.available === false;

  // Chosen by the template's author, who knows what the form begins with.
  const focus = { autoFocus: Boolean(uiSchema['ui:autofocus']) };

  return (
    <div className={styles.field}>
      <TextField
        id={props.idSchema?.$id}
        label={uiSchema['ui:title'] ?? schema.title ?? 'Name'}
        description={uiSchema['ui:description'] ?? schema.description}
        placeholder={uiSchema['ui:placeholder']}
        value={name ?? ''}
        onChange={value => onChange(value || undefined)}
        isRequired={props.required}
        isDisabled={props.disabled}
        isReadOnly={props.readonly}
        isInvalid={isTaken || (!isFree && Boolean(rawErrors?.length))}
        aria-describedby={statusId}
        // The form itself says what is missing, once it is sent.
        validationBehavior="aria"
        autoComplete="off"
        spellCheck="false"
        {...focus}
      />
      <NameStatus
        id={statusId}
        asked={name ? asked : { ...asked, state: 'idle' }}
        isCurrent={isCurrent}
        alreadySaid={rawErrors ?? []}
      />
    </div>
  );
}
