import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link, Skeleton } from '@backstage/ui';
import { count, Failure } from '@waymark/plugin-parts-react';
import { useRequests } from '../live/questions';
import { RequestTable } from '../requests/RequestTable';
import { requestsRouteRef } from '../routes';
import styles from './ComponentCard.module.css';

const limit = 5;

/** The requests that wait for the approval of who is signed in. */
export function MyApprovals() {
  const { value, error, refresh } = useRequests({
    view: 'approvals',
    limit,
    offset: 0,
  });
  const listHref = `${useRouteRef(requestsRouteRef)?.() ?? ''}?view=approvals`;
  if (error) {
    return (
      <Failure
        title="What waits for your approval could not be read"
        error={error}
        onRetry={refresh}
      />
    );
  }
  if (!value) return <Skeleton width="100%" height={48} />;
  if (value.total === 0) {
    return (
      <p className={styles.none}>
        No request for infrastructure waits for your approval.
      </p>
    );
  }
  return (
    <>
      <RequestTable rows={value.items} isBrief />
      {value.total > limit && (
        <p className={styles.more}>
          <Link href={listHref}>All {count(value.total, 'request')}</Link>
        </p>
      )}
    </>
  );
}
