import { Alert } from '@backstage/ui';
import { useEffect } from 'react';
import styles from './Computing.module.css';

/** How often is asked whether the numbers are there, should no signal come through. */
const askEveryMs = 3000;

/** Says that numbers are being computed, and asks again until they are. */
export function Computing(props: { upToDate: boolean; refresh: () => void }) {
  const { upToDate, refresh } = props;
  useEffect(() => {
    if (upToDate) return undefined;
    const timer = setInterval(refresh, askEveryMs);
    return () => clearInterval(timer);
  }, [upToDate, refresh]);

  return (
    <div role="status" className={styles.status}>
      {!upToDate && (
        <Alert
          status="info"
          isPending
          title="Numbers are being computed"
          description="Some of what came in is not counted yet. This page follows by itself."
        />
      )}
    </div>
  );
}
