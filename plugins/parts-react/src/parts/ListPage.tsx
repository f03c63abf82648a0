import { Container, Skeleton } from '@backstage/ui';
import type { ReactNode } from 'react';
import type { Live } from '../live/useLive';
import { Failure } from './Failure';
import styles from './ListPage.module.css';

/** A page that shows a list below its filters; the frame is there before the rows. */
export function ListPage<T>(props: {
  /** What is listed: "deployments". */
  of: string;
  lead: ReactNode;
  filters?: ReactNode;
  live: Live<T>;
  children: (value: T) => ReactNode;
}) {
  const { of, lead, filters, live, children } = props;
  return (
    <Container>
      <div className={styles.page}>
        <p className={styles.lead}>{lead}</p>
        {filters && <div className={styles.filters}>{filters}</div>}
        {live.error && (
          <Failure
            title={`The ${of} could not be read`}
            error={live.error}
            onRetry={live.refresh}
          />
        )}
        {live.value !== undefined ? (
          <div className={styles.list} aria-busy={live.loading}>
            {children(live.value)}
          </div>
        ) : (
          !live.error && (
            <div aria-busy="true" className={styles.waiting}>
              <Skeleton width="100%" height={40} />
              <Skeleton width="100%" height={40} />
              <Skeleton width="100%" height={40} />
            </div>
          )
        )}
      </div>
    </Container>
  );
}
