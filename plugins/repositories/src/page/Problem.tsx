import { Alert, Button } from '@backstage/ui';

/** Says what could not be read, and offers to try again. */
export function Problem(props: {
  title: string;
  error: Error;
  retry: () => void;
}) {
  return (
    <Alert
      status="danger"
      icon
      role="alert"
      title={props.title}
      description={props.error.message}
      customActions={
        <Button size="small" variant="secondary" onPress={props.retry}>
          Try again
        </Button>
      }
    />
  );
}
