import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex, TextField } from '@backstage/ui';
import type {
  RecommendationDetail,
  RecommendationVerdict,
} from '@waymark/plugin-costs-common';
import { Failure, useDeed } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { costsApiRef } from '../api/CostsApi';
import styles from './Recommendations.module.css';

/** Accepts a recommendation, dismisses it with a reason, or opens it again. What is typed stays when the portal refuses it. */
export function JudgeForm(props: {
  recommendation: RecommendationDetail;
  onDone: () => void;
}) {
  const { recommendation, onDone } = props;
  const { id, state } = recommendation;
  const costs = useApi(costsApiRef);
  const [reason, setReason] = useState(recommendation.reason ?? '');
  const { isPending, error, run } = useDeed();
  const judge = (verdict: RecommendationVerdict) =>
    run(async () => {
      await costs.judgeRecommendation(id, verdict);
      onDone();
    });
  const isUndecided = state === 'open' || state === 'withheld';
  const said = reason.trim() ? { reason } : {};
  return (
    <div className={styles.stack}>
      <TextField
        label="What you say to it"
        description="Needed to dismiss it, so that nobody looks into it a second time. It stands here for everybody, and in the audit log."
        value={reason}
        onChange={setReason}
        maxLength={1000}
      />
      {error && <Failure title="It was not kept" error={error} />}
      <Flex gap="2">
        {state === 'open' && (
          <Button
            isPending={isPending}
            onPress={() => judge({ verdict: 'accepted', ...said })}
          >
            Accept it
          </Button>
        )}
        {state !== 'dismissed' && (
          <Button
            variant="secondary"
            isDisabled={isPending || !reason.trim()}
            onPress={() => judge({ verdict: 'dismissed', reason })}
          >
            Dismiss it
          </Button>
        )}
        {!isUndecided && (
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
