import { useAskingAgain } from '@waymark/plugin-parts-react';
import { Alert } from '@backstage/ui';
import styles from './Computing.module.css';

/** Says that numbers are being computed, and asks again until they are. */
export function Computing(props: { upToDate: boolean; refresh: () => void }) {
  const { upToDate, refresh } = props;
  useAskingAgain(!upToDate, refresh);

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
