import { Box, Button, Skeleton } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './Home.module.css';

/** What a panel knows of the value it shows. */
type Fetched<T> = {
  loading: boolean;
  value?: T;
  error?: Error;
  retry?: () => void;
};

/** A part of the home page under its own heading. */
export function Panel(props: {
  title: string;
  /** A figure or a link beside the heading. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const headingId = useId();
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.panel}
      aria-labelledby={headingId}
    >
      <div className={styles.panelHead}>
        <h2 id={headingId} className={styles.panelTitle}>
          {props.title}
        </h2>
        {props.aside}
      </div>
      {props.children}
    </Box>
  );
}

/** A value that is on its way, did not come, or is here. */
export function Arriving<T>(props: {
  of: Fetched<T>;
  /** What the value is, for the sentence that says it did not come. */
  name: string;
  children: (value: T) => ReactNode;
}) {
  const { value, error, retry } = props.of;
  if (error) {
    return (
      <div className={styles.note} role="alert">
        <p>
          Could not read {props.name}: {error.message}
        </p>
        {retry && (
          <Button size="small" variant="secondary" onPress={retry}>
            Try again
          </Button>
        )}
      </div>
    );
  }
  if (value === undefined) {
    return (
      <div className={styles.waiting} aria-busy="true">
        <Skeleton height={18} width="70%" />
        <Skeleton height={18} width="85%" />
        <Skeleton height={18} width="60%" />
      </div>
    );
  }
  return <>{props.children(value)}</>;
}
