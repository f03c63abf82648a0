import { useApi } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type { Output } from '@waymark/plugin-infrastructure-common';
import { CopyButton, Failure, useDeed } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { infrastructureApiRef } from '../api/InfrastructureApi';
import styles from './Resource.module.css';

/** Warns before a secret is shown, and shows it once. Closed, it is gone. */
export function RevealDialog(props: {
  resourceId: string;
  output: Output;
  onClose: () => void;
}) {
  const { resourceId, output, onClose } = props;
  const api = useApi(infrastructureApiRef);
  const deed = useDeed();
  const [secret, setSecret] = useState<string>();
  const reveal = () =>
    deed.run(async () => setSecret(await api.reveal(resourceId, output.name)));

  return (
    <Dialog
      isOpen
      // A click beside it must not lose what is never shown again.
      isDismissable={secret === undefined}
      onOpenChange={isOpen => !isOpen && onClose()}
      width={520}
    >
      <DialogHeader>{output.title}</DialogHeader>
      <DialogBody>
        <div className={styles.dialog}>
          {secret === undefined ? (
            <>
              <Alert
                status="warning"
                icon
                title="It is shown once"
                description="After that the portal forgets it, and nobody can see it again. Have the secret store of your platform open, so that you can put it there at once."
              />
              <p>
                That you saw it is kept in the audit trail and shown on this
                page. When it is lost, request an update: that makes a new one.
              </p>
              {deed.error && (
                <Failure title="It was not shown" error={deed.error} />
              )}
            </>
          ) : (
            <div role="status">
              <p>Copy it now. Once this is closed, it is gone.</p>
              <code className={styles.secret} data-testid="secret">
                {secret}
              </code>
              <CopyButton text={secret} of={output.title} />
            </div>
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        {secret === undefined ? (
          <>
            <Button variant="secondary" onPress={onClose}>
              Not now
            </Button>
            <Button
              variant="primary"
              isPending={deed.isPending}
              onPress={reveal}
            >
              Show it once
            </Button>
          </>
        ) : (
          <Button variant="primary" onPress={onClose}>
            I have kept it
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}
