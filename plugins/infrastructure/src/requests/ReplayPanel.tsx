import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type {
  Replay,
  RequestDetail,
} from '@waymark/plugin-infrastructure-common';
import { Failure, Panel, useDeed } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { guardrailsApiRef } from '../api/GuardrailsApi';
import { ReplayList } from '../compliance/ReplayList';
import styles from './Request.module.css';

/** What today's policy would say of what was decided. */
export function ReplayPanel({ request }: { request: RequestDetail }) {
  const api = useApi(guardrailsApiRef);
  const deed = useDeed();
  const [items, setItems] = useState<Replay[]>();
  if (!request.decision) return null;
  const replay = () =>
    deed.run(async () => setItems(await api.replayRequest(request.id)));
  return (
    <Panel
      title="Under today’s policy"
      lead="The decision can be made again from what it was made of. Nothing is changed by it."
    >
      {items && items.length > 0 && <ReplayList items={items} />}
      {items?.length === 0 && (
        <p className={styles.none}>
          What it was made of was not kept: it was decided before that began.
        </p>
      )}
      {deed.error && (
        <Failure title="It could not be made again" error={deed.error} />
      )}
      <div className={styles.form}>
        <div>
          <Button
            size="small"
            variant="secondary"
            isPending={deed.isPending}
            onPress={replay}
          >
            {items ? 'Make it again' : 'See what would differ'}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
