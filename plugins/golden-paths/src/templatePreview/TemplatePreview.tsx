import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { JsonObject } from '@backstage/types';
import { Alert, Button, Skeleton, Text } from '@backstage/ui';
import { useAnswer, useSettled } from '@waymark/plugin-parts-react';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { goldenPathsApiRef } from '../api/GoldenPathsApi';
import { PreviewPanes } from './PreviewPanes';
import styles from './TemplatePreview.module.css';

const typingPauseMs = 600;

/** The template whose form this is: its page has it in the address. */
function useTemplateRef(): string | undefined {
  const { namespace, templateName } = useParams();
  return namespace && templateName
    ? stringifyEntityRef({ kind: 'template', namespace, name: templateName })
    : undefined;
}

/** Shows the files that the template will make of the answers given so far. */
export function TemplatePreview(props: FieldExtensionComponentProps<null>) {
  const { formContext, schema, uiSchema } = props;
  const goldenPaths = useApi(goldenPathsApiRef);
  const templateRef = useTemplateRef();
  // Compared as text: the form makes a new object for each key that is pressed.
  const values = useSettled(
    JSON.stringify(formContext?.formData ?? {}),
    typingPauseMs,
  );
  const question = useCallback(
    (signal: AbortSignal) =>
      goldenPaths.createPreview(
        {
          templateRef: templateRef ?? '',
          values: JSON.parse(values) as JsonObject,
        },
        { signal },
      ),
    [goldenPaths, templateRef, values],
  );
  const { state, answer, failure, retry } = useAnswer(
    templateRef ? question : undefined,
  );

  return (
    <section
      className={styles.preview}
      aria-label={uiSchema['ui:title'] ?? schema.title ?? 'Preview'}
      aria-busy={state === 'asking'}
    >
      {!templateRef && (
        <Alert
          status="info"
          icon
          title="The preview is shown when the template is used from the catalog."
        />
      )}
      {state === 'asking' && !answer && <Waiting />}
      {state === 'failed' && (
        <Alert
          status="danger"
          icon
          role="alert"
          title="There is no preview"
          description={failure}
          customActions={
            <Button size="small" variant="secondary" onPress={retry}>
              Try again
            </Button>
          }
        />
      )}
      {answer && <PreviewPanes preview={answer} />}
    </section>
  );
}

function Waiting() {
  return (
    <div role="status" className={styles.waiting}>
      <Text color="secondary">Writing the files…</Text>
      <div className={styles.panes} aria-hidden>
        <Skeleton height="100%" width="100%" />
        <Skeleton height="100%" width="100%" />
      </div>
    </div>
  );
}
