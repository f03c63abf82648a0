import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  deploymentName,
  duration,
  type DeploymentDetail,
} from '@waymark/plugin-dora-common';
import { Link } from '@backstage/ui';
import type { ReactNode } from 'react';
import { EntityName, timeText } from '@waymark/plugin-parts-react';
import { deploymentRouteRef } from '../routes';
import { Outcome, Rework } from './Outcome';
import styles from './Deployment.module.css';

function Fact(props: { title: string; children: ReactNode }) {
  return (
    <>
      <dt>{props.title}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

function took(deployment: DeploymentDetail): string | undefined {
  const { startedAt, finishedAt } = deployment;
  if (!startedAt || !finishedAt) return undefined;
  return duration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
}

function authorsOf(deployment: DeploymentDetail): string[] {
  const authors = [
    deployment.author,
    ...deployment.changeList.map(({ author }) => author),
  ];
  return [...new Set(authors.filter(author => author !== undefined))];
}

/** What a deployment is, whose it is, and what became of it. */
export function DeploymentFacts(props: { deployment: DeploymentDetail }) {
  const { deployment } = props;
  const hrefOf = useRouteRef(deploymentRouteRef);
  const { previous, failedReason, reworkReason, recoveredAt } = deployment;
  const time = took(deployment);
  const authors = authorsOf(deployment);
  return (
    <dl className={styles.facts}>
      <Fact title="Component">
        <EntityName entityRef={deployment.service} />
      </Fact>
      {deployment.owner && (
        <Fact title="Owner then">
          <EntityName entityRef={deployment.owner} />
        </Fact>
      )}
      <Fact title="Environment">{deployment.environment}</Fact>
      <Fact title="When">
        {timeText(deployment.at)}
        {time && ` (took ${time})`}
      </Fact>
      <Fact title="Outcome">
        <Outcome deployment={deployment} />
        {failedReason && <span className={styles.why}>{failedReason}</span>}
        {deployment.corrected && (
          <span className={styles.why}>As a person corrected it.</span>
        )}
        {recoveredAt && (
          <span className={styles.why}>Put right {timeText(recoveredAt)}</span>
        )}
      </Fact>
      {deployment.rework && (
        <Fact title="Repair">
          <Rework deployment={deployment} />
          {reworkReason && <span className={styles.why}>{reworkReason}</span>}
        </Fact>
      )}
      {deployment.sha && (
        <Fact title="Commit">
          <code>{deployment.sha.slice(0, 12)}</code>
          {deployment.ref && ` on ${deployment.ref}`}
        </Fact>
      )}
      {authors.length > 0 && <Fact title="Authors">{authors.join(', ')}</Fact>}
      {previous && (
        <Fact title="Before it">
          <Link href={hrefOf?.({ id: previous.id }) ?? ''}>
            {deploymentName(previous)}
          </Link>
          , {timeText(previous.at)}
        </Fact>
      )}
      <Fact title="Reported by">
        {deployment.url ? (
          <Link href={deployment.url} target="_blank" rel="noopener noreferrer">
            {deployment.source}
          </Link>
        ) : (
          deployment.source
        )}
      </Fact>
    </dl>
  );
}
