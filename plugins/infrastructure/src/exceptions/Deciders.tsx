import { useApi } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import { useAnswer } from '@waymark/plugin-parts-react';
import { useCallback } from 'react';
import { guardrailsApiRef } from '../api/GuardrailsApi';
import { People } from '../parts/People';
import styles from './Exceptions.module.css';

/** Who decides on an exception, or why nobody does and what helps. */
export function Deciders({
  people,
  note,
}: {
  people: string[];
  note?: string;
}) {
  if (note) {
    return (
      <Alert
        status="warning"
        icon
        title="Nobody can decide on it now"
        description={note}
      />
    );
  }
  if (people.length === 0) return null;
  return (
    <p className={styles.note}>
      {'Who decides: '}
      <People refs={people} />
    </p>
  );
}

/** Who would decide on what the person asks for who is signed in; nothing while that is not known. */
export function MyDeciders() {
  const api = useApi(guardrailsApiRef);
  const question = useCallback(
    (signal: AbortSignal) => api.listExceptionDeciders({ signal }),
    [api],
  );
  const { answer } = useAnswer(question);
  return answer ? <Deciders {...answer} /> : null;
}
