import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type {
  History,
  RequestDetail,
} from '@waymark/plugin-infrastructure-common';
import { Failure, useDeed } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { infrastructureApiRef } from '../api/InfrastructureApi';
import styles from './Request.module.css';

/** What is known of what happened to a request, which comes in parts, newest first. */
export function useHistory({ id, history, earlierHistory }: RequestDetail) {
  const [kept, setKept] = useState<History & { id: string }>();
  const known = kept?.id === id ? kept : undefined;
  // The newest part moves on while the page is open: what it loses stays here.
  const entries = new Map(
    [...(known?.items ?? []), ...history].map(entry => [entry.number, entry]),
  );
  const items = [...entries.values()];
  return {
    items,
    earlier: known?.earlier ?? earlierHistory,
    add: (part: History) =>
      setKept({ ...part, id, items: [...part.items, ...items] }),
  };
}

/** Says that there is more than is shown, and fetches it. */
export function EarlierHistory(props: {
  id: string;
  history: ReturnType<typeof useHistory>;
}) {
  const { id, history } = props;
  const { items, earlier, add } = history;
  const api = useApi(infrastructureApiRef);
  const deed = useDeed();
  if (earlier === 0) return null;
  return (
    <>
      {deed.error && (
        <Failure title="Earlier entries could not be read" error={deed.error} />
      )}
      <div className={styles.buttons}>
        <Button
          variant="secondary"
          size="small"
          isPending={deed.isPending}
          onPress={() =>
            deed.run(async () => add(await api.getHistory(id, items[0].number)))
          }
        >
          {`Show earlier entries (${earlier.toLocaleString('en')})`}
        </Button>
      </div>
    </>
  );
}
