import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, TextAreaField } from '@backstage/ui';
import {
  RiCheckLine,
  RiCloseCircleLine,
  RiHistoryLine,
} from '@remixicon/react';
import type {
  Approval,
  NewApproval,
  RequestDetail,
} from '@waymark/plugin-infrastructure-common';
import {
  EntityName,
  Failure,
  Mark,
  Panel,
  timeText,
  useDeed,
} from '@waymark/plugin-parts-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useLocation } from 'react-router-dom';
import { infrastructureApiRef } from '../api/InfrastructureApi';
import { useKey } from '../api/useKey';
import { ApproverList } from '../decision/ApproverList';
import { Named } from '../parts/Named';
import { People } from '../parts/People';
import styles from './Request.module.css';

function Given({ approval }: { approval: Approval }) {
  const { by, insteadOf = [], verdict, comment, at, counts } = approval;
  return (
    <li>
      {verdict === 'approve' ? (
        <Mark tone="positive" Icon={RiCheckLine} text="Approved" />
      ) : (
        <Mark tone="negative" Icon={RiCloseCircleLine} text="Rejected" />
      )}{' '}
      by <EntityName entityRef={by} />
      {insteadOf.length > 0 && (
        <>
          {' in the place of '}
          <People refs={insteadOf} />
        </>
      )}{' '}
      <span className={styles.time}>{timeText(at)}</span>
      {!counts && (
        <>
          {' '}
          <Mark
            tone="plain"
            Icon={RiHistoryLine}
            text="Of an earlier plan: counts no more"
          />
        </>
      )}
      {comment && <p className={styles.quote}>{comment}</p>}
    </li>
  );
}

function Decide(props: {
  request: RequestDetail;
  planHash: string;
  onDecided: () => void;
}) {
  const { request, planHash, onDecided } = props;
  const api = useApi(infrastructureApiRef);
  const keyOf = useKey();
  const deed = useDeed();
  const [comment, setComment] = useState('');
  // What was looked at when this was opened: a newer plan has to be looked at first.
  const [seen, setSeen] = useState(planHash);
  const isOutdated = seen !== planHash;

  const decide = (verdict: NewApproval['verdict']) =>
    deed.run(async () => {
      const approval: NewApproval = {
        verdict,
        planHash: seen,
        comment: comment.trim() || undefined,
      };
      await api.decide(request.id, approval, keyOf([request.id, approval]));
      setComment('');
      onDecided();
    });

  return (
    <div className={styles.form}>
      {isOutdated && (
        <Alert
          status="warning"
          icon
          role="alert"
          title="The plan has changed since you opened this page"
          description="Look at the plan again; what you decide counts for the plan you saw."
          customActions={
            <Button
              size="small"
              variant="secondary"
              onPress={() => setSeen(planHash)}
            >
              I have seen the new plan
            </Button>
          }
        />
      )}
      <TextAreaField
        label="Comment"
        description="Everybody who looks at the request reads it. Say why when you reject."
        value={comment}
        onChange={setComment}
        maxLength={2000}
      />
      {deed.error && <Failure title="It was not decided" error={deed.error} />}
      <div className={styles.buttons}>
        <Button
          variant="primary"
          isPending={deed.isPending}
          isDisabled={isOutdated}
          onPress={() => decide('approve')}
        >
          Approve this plan
        </Button>
        <Button
          variant="secondary"
          destructive
          isPending={deed.isPending}
          isDisabled={isOutdated}
          onPress={() => decide('reject')}
        >
          Reject
        </Button>
      </div>
    </div>
  );
}

/** Where notifications lead: what waits for a person is what they come to, by eye and by key. */
function Target({ id, children }: { id: string; children: ReactNode }) {
  const { hash, key } = useLocation();
  const box = useRef<HTMLDivElement>(null);
  const isMeant = hash === `#${id}`;
  useEffect(() => {
    if (!isMeant) return;
    box.current?.scrollIntoView?.();
    box.current?.focus({ preventScroll: true });
  }, [isMeant, key]);
  return (
    <div ref={box} id={id} tabIndex={-1} className={styles.target}>
      {children}
    </div>
  );
}

/** Who has to approve, who did, and the way to do so. */
export function ApprovalsPanel(props: {
  request: RequestDetail;
  onDecided: () => void;
}) {
  const { request, onDecided } = props;
  const { state, may, approvals, decision, plan } = request;
  const waits = state === 'pendingApproval';
  const required = decision?.approvers ?? [];
  if (!waits && required.length === 0 && approvals.length === 0) return null;
  return (
    <Target id="approval">
      <Panel
        title="Approval"
        lead={
          plan && (
            <>
              Bound to the plan with the hash{' '}
              <span className={styles.hash}>{plan.hash.slice(0, 16)}</span>.
            </>
          )
        }
      >
        <ApproverList approvers={required} />
        {approvals.length > 0 && (
          <>
            <h3 className={styles.sub}>Decided so far</h3>
            <ul className={styles.list}>
              {approvals.map(approval => (
                <Given
                  key={`${approval.by}:${approval.at}`}
                  approval={approval}
                />
              ))}
            </ul>
          </>
        )}
        {waits && may.approve && plan && (
          <Decide
            request={request}
            planHash={plan.hash}
            onDecided={onDecided}
          />
        )}
        {waits && !may.approve && may.approveReason && (
          <p className={styles.note}>
            <Named text={may.approveReason} />
          </p>
        )}
      </Panel>
    </Target>
  );
}
