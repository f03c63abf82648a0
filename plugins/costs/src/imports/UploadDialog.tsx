import { useApi } from '@backstage/frontend-plugin-api';
import type { Import, StrayChoice } from '@waymark/plugin-costs-common';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
  TextField,
} from '@backstage/ui';
import { Failure } from '@waymark/plugin-parts-react';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { costsApiRef } from '../api/CostsApi';
import { ofAllText, strayWords } from '../words/imports';
import styles from './Imports.module.css';
import { ProgressLine } from './ProgressLine';

/** Hands in a file, and says how much of it is sent. What is chosen stays when the portal refuses it. */
export function UploadDialog(props: {
  onDone: (started: Import) => void;
  onClose: () => void;
}) {
  const { onDone, onClose } = props;
  const costs = useApi(costsApiRef);
  const formId = useId();
  const fileId = useId();
  const [source, setSource] = useState('');
  const [file, setFile] = useState<File>();
  const [strays, setStrays] = useState<StrayChoice>('refuse');
  const [isPending, setPending] = useState(false);
  const [sent, setSent] = useState(0);
  const sending = useRef<AbortController>();
  // Who closes the dialog does not want it sent.
  useEffect(() => () => sending.current?.abort(), []);
  const [error, setError] = useState<Error>();

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!file) return;
    setPending(true);
    setSent(0);
    setError(undefined);
    sending.current = new AbortController();
    try {
      onDone(
        await costs.importBill(
          { source: source.trim(), file, strays },
          { onSent: setSent, signal: sending.current.signal },
        ),
      );
    } catch (reason) {
      setError(reason as Error);
      setPending(false);
    }
  };

  return (
    <Dialog isOpen isDismissable onOpenChange={open => !open && onClose()}>
      <DialogHeader>Hand in a bill</DialogHeader>
      <DialogBody>
        <form id={formId} className={styles.stack} onSubmit={send}>
          <TextField
            label="Source"
            description="Whose bill it is, such as aws or azure-production; the same name every month, so that a newer file replaces an older one."
            isRequired
            value={source}
            onChange={setSource}
          />
          <div className={styles.file}>
            <label htmlFor={fileId}>FOCUS bill: CSV, gzip or Parquet</label>
            <input
              id={fileId}
              type="file"
              accept=".csv,.gz,.parquet"
              onChange={event => setFile(event.target.files?.[0])}
            />
          </div>
          <Select
            label="When it has a few rows of another month, or overlaps one"
            description="A few rows would replace all that counts for that month, if that is more than ten times as many. Where billing periods overlap, days would count twice."
            options={strayWords}
            selectedKey={strays}
            onSelectionChange={key => setStrays(key as StrayChoice)}
          />
          {isPending && file && (
            <ProgressLine
              text={
                sent < file.size
                  ? `${ofAllText(sent, file.size)} sent`
                  : 'All of it is sent; the portal keeps it'
              }
              done={sent}
              total={file.size}
            />
          )}
          {error && <Failure title="The bill was not taken" error={error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Cancel
        </Button>
        <Button
          type="submit"
          form={formId}
          isPending={isPending}
          isDisabled={!file || source.trim() === ''}
        >
          Hand it in
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
