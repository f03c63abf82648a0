import { Alert } from '@backstage/ui';
import type { ErrorListProps } from '@rjsf/utils';
import styles from './Create.module.css';

/** What stands in the way of the next step, each with the field's title. */
export function ErrorList({ errors, schema }: ErrorListProps) {
  const lines = errors.map(({ property, message, stack }) => {
    const name = property?.replace(/^\./, '') ?? '';
    const field = schema.properties?.[name];
    const title = typeof field === 'object' ? field.title : undefined;
    // A message that is a sentence of its own needs no name before it.
    return title && message && !/^[A-Z]/.test(message)
      ? `${title} ${message}`
      : message ?? stack;
  });
  return (
    <Alert
      status="danger"
      icon
      role="alert"
      className={styles.errors}
      title="Before you go on"
      description={
        <ul>
          {[...new Set(lines)].map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      }
    />
  );
}
