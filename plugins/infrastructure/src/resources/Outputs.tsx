import { Button } from '@backstage/ui';
import type {
  Output,
  ResourceDetail,
} from '@waymark/plugin-infrastructure-common';
import {
  CopyButton,
  EntityName,
  Panel,
  timeText,
} from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { RevealDialog } from './RevealDialog';
import styles from './Resource.module.css';

function Secret(props: {
  output: Output;
  mayReveal: boolean;
  onReveal: () => void;
}) {
  const { output, mayReveal, onReveal } = props;
  if (output.revealed) {
    return (
      <span className={styles.note}>
        Shown to <EntityName entityRef={output.revealed.by} />{' '}
        {timeText(output.revealed.at)}, and forgotten since.
      </span>
    );
  }
  if (output.delivered) {
    return (
      <span className={styles.note}>
        Delivered to {output.delivered.to} {timeText(output.delivered.at)}.
      </span>
    );
  }
  if (output.delivering) {
    const { to, error } = output.delivering;
    return (
      <span className={styles.note}>
        {`On its way to ${to}.`}
        {error && ` It did not work yet and is tried again: ${error}.`}
      </span>
    );
  }
  if (!mayReveal) {
    return (
      <span className={styles.note}>
        A secret: only the team that owns the resource may see it.
      </span>
    );
  }
  return (
    <Button
      size="small"
      variant="secondary"
      aria-label={`Reveal ${output.title}`}
      onPress={onReveal}
    >
      Reveal
    </Button>
  );
}

/** What a resource gives to those who use it. */
export function Outputs(props: {
  resource: ResourceDetail;
  onRevealed: () => void;
}) {
  const { resource, onRevealed } = props;
  const [revealing, setRevealing] = useState<Output>();
  return (
    <Panel
      title="Outputs"
      lead="What a service needs to use it. Secrets are kept encrypted, and shown once."
    >
      {resource.outputs.length === 0 ? (
        <p className={styles.note}>
          There are none yet. They stand here when the resource is ready.
        </p>
      ) : (
        <dl className={styles.outputs}>
          {resource.outputs.map(output => (
            <div key={output.name} className={styles.output}>
              <dt>{output.title}</dt>
              <dd>
                {output.secret ? (
                  <Secret
                    output={output}
                    mayReveal={resource.may.reveal}
                    onReveal={() => setRevealing(output)}
                  />
                ) : (
                  <>
                    <code className={styles.value}>{output.value ?? '–'}</code>
                    {output.value && (
                      <CopyButton text={output.value} of={output.title} />
                    )}
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {revealing && (
        <RevealDialog
          resourceId={resource.id}
          output={revealing}
          onClose={() => {
            setRevealing(undefined);
            onRevealed();
          }}
        />
      )}
    </Panel>
  );
}
