import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Replay } from '@waymark/plugin-infrastructure-common';
import { timeText } from '@waymark/plugin-parts-react';
import { RuleList } from '../decision/RuleList';
import { requestRouteRef } from '../routes';
import styles from './Compliance.module.css';

const verdicts = {
  allow: 'allowed',
  approval: 'asked people',
  deny: 'denied',
} as const;

function Difference({ replay }: { replay: Replay }) {
  const { before, after, added, gone, differs } = replay;
  if (!differs) {
    return <p>{`It would be the same: ${verdicts[after.verdict]}.`}</p>;
  }
  return (
    <>
      <p>
        {before.verdict === after.verdict
          ? `Still ${verdicts[after.verdict]}, for other reasons.`
          : `Then ${verdicts[before.verdict]}; today it would be ${
              verdicts[after.verdict]
            }.`}
      </p>
      {added.length > 0 && (
        <>
          <h3 className={styles.sub}>Today’s rules would say</h3>
          <RuleList rules={added} />
        </>
      )}
      {gone.length > 0 && (
        <>
          <h3 className={styles.sub}>And would no longer say</h3>
          <RuleList rules={gone} />
        </>
      )}
    </>
  );
}

/** Decisions made again under today's policy, and what would differ. */
export function ReplayList(props: { items: Replay[]; withRequest?: boolean }) {
  const href = useRouteRef(requestRouteRef);
  return (
    <ul className={styles.rules}>
      {props.items.map(replay => (
        <li key={replay.number} className={styles.replay}>
          <div className={styles.ruleHead}>
            <strong>
              {replay.stage === 'plan'
                ? 'Decision on the plan'
                : 'First check of the request'}
            </strong>
            <span className={styles.field}>{timeText(replay.at)}</span>
            {props.withRequest && (
              <Link href={href?.({ id: replay.request }) ?? ''}>
                The request
              </Link>
            )}
          </div>
          <Difference replay={replay} />
          <p className={styles.field}>
            {`Revision ${replay.before.policyRevision.slice(
              0,
              19,
            )} then, ${replay.after.policyRevision.slice(0, 19)} today.`}
          </p>
        </li>
      ))}
    </ul>
  );
}
