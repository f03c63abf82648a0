import { useApi } from '@backstage/frontend-plugin-api';
import type { Bill, Import } from '@waymark/plugin-costs-common';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextAreaField,
} from '@backstage/ui';
import { Failure, useDeed } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { costsApiRef } from '../api/CostsApi';
import { CountedTable } from './CountedTable';
import styles from './Imports.module.css';

/** Says what will be gone, and takes an import back once somebody says why. */
export function WithdrawDialog(props: {
  one: Import;
  /** What counts of it. */
  bills: Bill[];
  onDone: () => void;
  onClose: () => void;
}) {
  const { one, bills, onDone, onClose } = props;
  const costs = useApi(costsApiRef);
  const [reason, setReason] = useState('');
  const { isPending, error, run } = useDeed();
  const hasReplaced = one.report?.periods.some(({ replaced }) => replaced);
  return (
    <Dialog isOpen width={720} onOpenChange={open => !open && onClose()}>
      <DialogHeader>{`Take back ${one.filename}?`}</DialogHeader>
      <DialogBody>
        <div className={styles.stack}>
          <p className={styles.text}>
            This will be gone from all totals, budgets and forecasts at once,
            for everybody:
          </p>
          <CountedTable label="What will be gone" periods={bills} />
          <p className={styles.text}>
            {`Nothing of ${one.source} counts for ${
              bills.length > 1 ? 'these billing periods' : 'this billing period'
            } then, until another file is handed in.${
              hasReplaced
                ? ' What this file replaced does not come back: hand that file in again.'
                : ''
            }`}
          </p>
          <TextAreaField
            label="Why"
            description="It stands with the file, and in the audit log."
            isRequired
            maxLength={500}
            value={reason}
            onChange={setReason}
          />
          {error && <Failure title="It was not taken back" error={error} />}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Leave it
        </Button>
        <Button
          variant="primary"
          destructive
          isPending={isPending}
          isDisabled={reason.trim() === ''}
          onPress={() =>
            run(async () => {
              await costs.withdrawImport(one.id, { reason: reason.trim() });
              onDone();
            })
          }
        >
          Take it back
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
