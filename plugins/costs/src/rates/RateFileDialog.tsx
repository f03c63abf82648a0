import { useApi } from '@backstage/frontend-plugin-api';
import type { ExchangeRatesImported } from '@waymark/plugin-costs-common';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import { Failure, useDeed } from '@waymark/plugin-parts-react';
import { useId, useState, type FormEvent } from 'react';
import { costsApiRef } from '../api/CostsApi';
import styles from './Rates.module.css';

/** Takes the rates of a CSV file. What is chosen stays when the portal refuses it. */
export function RateFileDialog(props: {
  onDone: (imported: ExchangeRatesImported) => void;
  onClose: () => void;
}) {
  const { onDone, onClose } = props;
  const costs = useApi(costsApiRef);
  const formId = useId();
  const fileId = useId();
  const [file, setFile] = useState<File>();
  const [source, setSource] = useState('');
  const { isPending, error, run } = useDeed();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(async () => {
      if (!file) throw new Error('Choose a file.');
      const said = source.trim();
      onDone(
        await costs.importRates({
          csv: await file.text(),
          ...(said ? { source: said } : {}),
        }),
      );
    });
  };

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={520}>
      <DialogHeader>Exchange rates from a file</DialogHeader>
      <DialogBody>
        <form id={formId} noValidate onSubmit={submit} className={styles.form}>
          <p className={styles.text}>
            CSV with the columns <code>from,to,day,rate,source</code>, up to
            80,000 characters at a time. All of it is taken, or nothing.
          </p>
          <div className={styles.field}>
            <label htmlFor={fileId}>File</label>
            <input
              id={fileId}
              type="file"
              accept=".csv,text/csv"
              onChange={event => setFile(event.target.files?.[0])}
            />
          </div>
          <TextField
            label="Source"
            description="Of rates that have none in the file"
            maxLength={200}
            value={source}
            onChange={setSource}
          />
          {error && <Failure title="It was not taken" error={error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          type="submit"
          form={formId}
          isPending={isPending}
        >
          Take them
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
