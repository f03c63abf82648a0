import { Dialog, DialogBody, DialogHeader, Skeleton } from '@backstage/ui';
import { Failure, timeText } from '@waymark/plugin-parts-react';
import { useDelivery } from '../live/questions';
import styles from './Intake.module.css';

/** The body as it came in; JSON is indented, anything else is left as it is. */
function legible(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** One delivery with its body. */
export function DeliveryDialog(props: { id: string; onClose: () => void }) {
  const { id, onClose } = props;
  const { value, error, refresh } = useDelivery(id);
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && onClose()}
      width="min(56rem, 95vw)"
    >
      <DialogHeader>
        {value
          ? `${value.event ?? 'Delivery'} from ${value.source}`
          : 'Delivery'}
      </DialogHeader>
      <DialogBody>
        {error && (
          <Failure
            title={`Delivery ${id} could not be read`}
            error={error}
            onRetry={refresh}
          />
        )}
        {!value && !error && <Skeleton width="100%" height={240} />}
        {value && (
          <div className={styles.stack}>
            <p className={styles.text}>
              {`${value.state}, came in ${timeText(value.receivedAt)}`}
              {value.deliveryId && ` as ${value.deliveryId}`}
              {value.message && `: ${value.message}`}
            </p>
            <pre className={styles.body}>{legible(value.body)}</pre>
          </div>
        )}
      </DialogBody>
    </Dialog>
  );
}
