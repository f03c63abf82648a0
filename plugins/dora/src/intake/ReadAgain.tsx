import { Button } from '@backstage/ui';
import { useState, type ReactNode } from 'react';
import styles from './Intake.module.css';

/** Has deliveries read again, and says where that was refused. */
export function ReadAgain(props: {
  replay: () => Promise<unknown>;
  onDone: () => void;
  /** For a screen reader, where the text does not say of what. */
  label?: string;
  children: ReactNode;
}) {
  const { replay, onDone, label, children } = props;
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<Error>();
  const press = async () => {
    setPending(true);
    setError(undefined);
    try {
      await replay();
      onDone();
    } catch (refusal) {
      setError(refusal as Error);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        isPending={isPending}
        aria-label={label}
        onPress={press}
      >
        {children}
      </Button>
      {error && (
        <span role="alert" className={styles.problem}>
          {error.message}
        </span>
      )}
    </>
  );
}
