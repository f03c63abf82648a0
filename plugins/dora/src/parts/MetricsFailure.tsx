import { Alert, Button } from '@backstage/ui';
import { Failure } from '@waymark/plugin-parts-react';

/** Says why an entity has no metrics: something went wrong, or it is too new. */
export function MetricsFailure(props: { error: Error; onRetry: () => void }) {
  const { error, onRetry } = props;
  if (error.name !== 'NotFoundError') {
    return <Failure title="The metrics could not be read" {...props} />;
  }
  return (
    <Alert
      status="info"
      icon
      role="status"
      title="Not measured yet"
      description="What is new in the catalog is known here within half a minute. Then its deliveries count."
      customActions={
        <Button size="small" variant="secondary" onPress={onRetry}>
          Look again
        </Button>
      }
    />
  );
}
