import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
} from '@backstage/ui';
import { Failure, type Live } from '@waymark/plugin-parts-react';
import type { ReactNode } from 'react';

/**
 * One thing of a list, opened: what it is called, all that is known of it, and
 * what people do about it, which the list behind learns as well.
 */
export function DetailDialog<T>(props: {
  /** What such a thing is called, such as `anomaly`. */
  noun: string;
  /** How it is called until it is read, such as `An anomaly`. */
  untitled: string;
  asked: Live<T>;
  titleOf: (value: T) => string;
  /** @param onDone - to be called when somebody did something about it */
  children: (value: T, onDone: () => void) => ReactNode;
  onChanged: () => void;
  onClose: () => void;
}) {
  const { noun, untitled, asked, titleOf, children, onChanged, onClose } =
    props;
  const { value, error, refresh } = asked;
  const onDone = () => {
    refresh();
    onChanged();
  };
  return (
    <Dialog
      isOpen
      isDismissable
      onOpenChange={isOpen => !isOpen && onClose()}
      width={860}
    >
      <DialogHeader>{value ? titleOf(value) : untitled}</DialogHeader>
      <DialogBody>
        {error && (
          <Failure
            title={`The ${noun} could not be read`}
            error={error}
            onRetry={refresh}
          />
        )}
        {!value && !error && <Skeleton width="100%" height={320} />}
        {value && children(value, onDone)}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Close
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
