import { Skeleton } from '@backstage/ui';
import type {
  Decision,
  Forecast,
  SizeHint,
  Timing,
} from '@waymark/plugin-infrastructure-common';
import {
  duration,
  Failure,
  Panel,
  type Asked,
} from '@waymark/plugin-parts-react';
import { AllowanceBars } from '../decision/AllowanceBars';
import { ApproverList } from '../decision/ApproverList';
import { EstimateView } from '../decision/EstimateView';
import { RuleList } from '../decision/RuleList';
import { SizeHints } from '../decision/SizeHints';
import { focusField } from './focusField';
import styles from './Form.module.css';

/** What would happen after the form is sent, in a sentence. */
export function verdictText(decision: Decision, timing: Timing): string {
  const usual =
    timing.p50Seconds === undefined
      ? `It is promised within ${duration(timing.promisedSeconds)}.`
      : `It is usually ready in ${duration(timing.p50Seconds)}.`;
  switch (decision.verdict) {
    case 'deny':
      return 'It would be denied. What denies it stands below, with how to comply.';
    case 'approval':
      return `It would wait until people approve it. Then: ${usual}`;
    case 'allow':
      return `Nobody has to approve it: it would begin at once. ${usual}`;
    default:
      throw new Error(`No such verdict: ${decision.verdict satisfies never}`);
  }
}

function Said(props: {
  decision: Decision;
  hints: SizeHint[] | undefined;
  timing: Timing;
}) {
  const { decision, hints, timing } = props;
  return (
    <>
      <Panel title="What it costs">
        <EstimateView estimate={decision.estimate} />
      </Panel>
      {hints && (
        <Panel title="What your team usually runs">
          <SizeHints hints={hints} />
        </Panel>
      )}
      <Panel title="What would happen">
        <p className={styles.note}>{verdictText(decision, timing)}</p>
      </Panel>
      {decision.approvers.length > 0 && (
        <Panel title="Who would approve">
          <ApproverList approvers={decision.approvers} />
        </Panel>
      )}
      <Panel title="What policy says">
        <RuleList rules={decision.rules} onField={focusField} />
      </Panel>
      <Panel title="What would be left">
        <AllowanceBars quota={decision.quota} budget={decision.budget} />
      </Panel>
    </>
  );
}

/** What would become of the request, beside the form that asks for it. */
export function ForecastPanel(props: {
  forecast: Asked<Forecast> & { isCurrent: boolean };
  timing: Timing;
}) {
  const { forecast, timing } = props;
  const { answer, failure, state, retry, isCurrent } = forecast;
  const decision = answer?.decision;
  return (
    <aside aria-label="What would become of it" className={styles.aside}>
      {state === 'failed' && (
        <Failure
          title="What would become of it could not be said"
          error={new Error(failure)}
          onRetry={retry}
        />
      )}
      {answer ? (
        <div
          className={`${styles.forecast} ${isCurrent ? '' : styles.stale}`}
          aria-busy={!isCurrent}
        >
          {decision ? (
            <Said decision={decision} hints={answer.hints} timing={timing} />
          ) : (
            <Panel title="What would happen">
              <p className={styles.note}>
                Fill in what is missing, and what it costs, what policy says and
                who would approve stand here.
              </p>
            </Panel>
          )}
        </div>
      ) : (
        state === 'asking' && <Skeleton width="100%" height={240} />
      )}
    </aside>
  );
}
