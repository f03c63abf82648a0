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
import { useId, useState, type FormEvent } from 'react';
import { costsApiRef } from '../api/CostsApi';
import { strayWords } from '../words/imports';
import styles from './Imports.module.css';

/** Hands in a file. What is chosen stays when the portal refuses it. */
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
  const [error, setError] = useState<Error>();

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!file) return;
    setPending(true);
    setError(undefined);
    try {
      onDone(await costs.importBill({ source: source.trim(), file, strays }));
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
