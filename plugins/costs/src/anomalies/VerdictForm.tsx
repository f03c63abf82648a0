import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AnomalyDetail,
  AnomalyVerdict,
} from '@waymark/plugin-costs-common';
import { Button, Flex, TextField } from '@backstage/ui';
import { Failure, useDeed } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { costsApiRef } from '../api/CostsApi';
import { addDays } from '../view/months';
import { saidOf } from './words';
import styles from './Anomalies.module.css';

/** For how long muting a service is offered. */
const mutedDays = 30;

/** Explains an anomaly, mutes the service, or opens it again. What is typed stays when the portal refuses it. */
export function VerdictForm(props: {
  anomaly: AnomalyDetail;
  onDone: () => void;
}) {
  const { anomaly, onDone } = props;
  const costs = useApi(costsApiRef);
  const [reason, setReason] = useState(saidOf(anomaly).at(0)?.reason ?? '');
  const { isPending, error, run } = useDeed();
  const judge = (verdict: AnomalyVerdict) =>
    run(async () => {
      await costs.judgeAnomaly(anomaly.id, verdict);
      onDone();
    });
  const today = new Date().toISOString().slice(0, 10);
  return (
    <div className={styles.stack}>
      <TextField
        label="Why it was so"
        description="So that nobody looks for it a second time. It stands here for everybody, and in the audit log."
        value={reason}
        onChange={setReason}
        maxLength={1000}
      />
      {error && <Failure title="It was not kept" error={error} />}
      <Flex gap="2">
        <Button
          isPending={isPending}
          isDisabled={!reason.trim()}
          onPress={() => judge({ verdict: 'explained', reason })}
        >
          Explain it
        </Button>
        <Button
          variant="secondary"
          isDisabled={isPending || !reason.trim()}
          onPress={() =>
            judge({
              verdict: 'muted',
              reason,
              until: addDays(today, mutedDays),
            })
          }
        >
          {`Mute ${
            anomaly.parts.length > 1 ? 'these services' : 'this service'
          } for ${mutedDays} days`}
        </Button>
        {anomaly.parts.some(({ verdict }) => verdict !== 'open') && (
          <Button
            variant="secondary"
            isDisabled={isPending}
            onPress={() => judge({ verdict: 'open' })}
          >
            Open it again
          </Button>
        )}
      </Flex>
    </div>
  );
}
