import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextAreaField,
} from '@backstage/ui';
import type { NewRequest } from '@waymark/plugin-infrastructure-common';
import { Failure } from '@waymark/plugin-parts-react';
import { useState, type ReactNode } from 'react';
import styles from './Resource.module.css';
import { useAsk } from './useAsk';

/** Asks for a change of a resource, with a reason. */
export function AskDialog(props: {
  title: string;
  /** What is asked for; undefined while something is missing. */
  request: NewRequest | undefined;
  /** What the button says that asks, and the one that does not. */
  words: { ask: string; leave: string };
  isDestructive?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const { title, request, words, isDestructive, onClose, children } = props;
  const { ask, isPending, error } = useAsk();
  const [reason, setReason] = useState('');
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={560}>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <div className={styles.dialog}>
          {children}
          <TextAreaField
            label="Reason"
            value={reason}
            onChange={setReason}
            maxLength={2000}
          />
          {error && <Failure title="The request was not taken" error={error} />}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {words.leave}
        </Button>
        <Button
          variant="primary"
          destructive={isDestructive}
          isDisabled={request === undefined}
          isPending={isPending}
          onPress={() =>
            request && ask({ ...request, reason: reason.trim() || undefined })
          }
        >
          {words.ask}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
