import { Alert, Button } from '@backstage/ui';

/** Says what could not be had, why, and lets one try again. */
export function Failure(props: {
  title: string;
  error: Error;
  onRetry?: () => void;
}) {
  return (
    <Alert
      status="danger"
      icon
      role="alert"
      title={props.title}
      description={props.error.message}
      customActions={
        props.onRetry && (
          <Button size="small" variant="secondary" onPress={props.onRetry}>
            Try again
          </Button>
        )
      }
    />
  );
}
