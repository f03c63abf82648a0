import { useApi } from '@backstage/frontend-plugin-api';
import type { SourceStatus } from '@waymark/plugin-dora-common';
import {
  Button,
  Dialog,
  DialogBody,
  DialogHeader,
  Select,
} from '@backstage/ui';
import { useState, type FormEvent } from 'react';
import { doraApiRef } from '../api/DoraApi';
import { DayFilter } from '../parts/DayFilter';
import { Failure } from '@waymark/plugin-parts-react';
import { ScopeFilter } from '../parts/ScopeFilter';
import styles from './Intake.module.css';

const yearMs = 365 * 86_400_000;

/** Lets one say what is to be brought; nothing chosen is lost when the portal refuses. */
export function BackfillDialog(props: {
  /** Those that can be asked. */
  sources: SourceStatus[];
  onStarted: () => void;
  onClose: () => void;
}) {
  const { sources, onStarted, onClose } = props;
  const dora = useApi(doraApiRef);
  const [source, setSource] = useState(sources[0].id);
  const [entityRef, setEntityRef] = useState<string>();
  const [since, setSince] = useState(() =>
    new Date(Date.now() - yearMs).toISOString().slice(0, 10),
  );
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<Error>();

  const start = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(undefined);
    try {
      await dora.startBackfill({ source, entityRef, since });
      onStarted();
      onClose();
    } catch (refusal) {
      setError(refusal as Error);
      setPending(false);
    }
  };

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={560}>
      <DialogHeader>Bring the past</DialogHeader>
      <DialogBody>
        <form className={styles.stack} onSubmit={start} noValidate>
          <p className={styles.text}>
            Deployments, merged changes and incidents of every project that the
            chosen part of the catalog names. It runs in the background, goes on
            after a restart, and changes nothing that is known already. A
            project with 1,000 deployments and 2,000 changes takes about an hour
            of GitHub’s rate limit.
          </p>
          <Select
            label="From"
            options={sources.map(({ id, title }) => ({
              value: id,
              label: title,
            }))}
            value={source}
            onChange={key => setSource(String(key))}
          />
          <ScopeFilter entityRef={entityRef ?? ''} onChange={setEntityRef} />
          <DayFilter label="Since" value={since} onChange={setSince} />
          {error && <Failure title="It was not begun" error={error} />}
          <div>
            <Button type="submit" variant="primary" isPending={isPending}>
              Begin
            </Button>
          </div>
        </form>
      </DialogBody>
    </Dialog>
  );
}
