import { MarkdownContent } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import {
  deploymentName,
  doraCorrectionCreatePermission,
  type DeploymentDetail,
} from '@waymark/plugin-dora-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { Container, Link, Skeleton } from '@backstage/ui';
import { useParams } from 'react-router-dom';
import { Failure, Panel } from '@waymark/plugin-parts-react';
import { doraApiRef } from '../api/DoraApi';
import { CorrectionForm } from '../corrections/CorrectionForm';
import { CorrectionTable } from '../corrections/CorrectionTable';
import { IncidentTable } from '../incidents/IncidentTable';
import { useDeployment } from '../live/questions';
import { deploymentsRouteRef } from '../routes';
import { ChangeTable } from './ChangeTable';
import { DeploymentFacts } from './DeploymentFacts';
import styles from './Deployment.module.css';

type Verdict = 'failed' | 'succeeded' | 'automatic';

const verdicts: { value: Verdict; label: string }[] = [
  { value: 'failed', label: 'It failed: somebody had to step in' },
  { value: 'succeeded', label: 'It did not fail' },
  { value: 'automatic', label: 'Let the portal conclude by itself again' },
];

const failedOf: Record<Verdict, boolean | null> = {
  failed: true,
  succeeded: false,
  automatic: null,
};

function Correction(props: {
  deployment: DeploymentDetail;
  onCorrected: () => void;
}) {
  const { deployment, onCorrected } = props;
  const dora = useApi(doraApiRef);
  return (
    <CorrectionForm
      label="Did this deployment fail?"
      choices={verdicts}
      initial={deployment.failed ? 'succeeded' : 'failed'}
      onSubmit={async (verdict, reason) => {
        await dora.correctDeployment(deployment.id, {
          failed: failedOf[verdict],
          reason,
        });
        onCorrected();
      }}
    />
  );
}

/** Says so where not all of them are listed. */
function More(props: { of: number; listed: unknown[] }) {
  const { of, listed } = props;
  return of > listed.length ? (
    <p className={styles.none}>
      The first {listed.length} of {of} are listed.
    </p>
  ) : null;
}

function Detail(props: { deployment: DeploymentDetail; refresh: () => void }) {
  const { deployment, refresh } = props;
  const { allowed } = usePermission({
    permission: doraCorrectionCreatePermission,
  });
  return (
    <>
      <h2 className={styles.name}>{deploymentName(deployment)}</h2>
      <DeploymentFacts deployment={deployment} />
      <Panel
        title={`Changes (${deployment.changes})`}
        lead="What reached the environment with this deployment, and why each belongs to it."
      >
        {deployment.changeList.length > 0 ? (
          <>
            <ChangeTable rows={deployment.changeList} />
            <More of={deployment.changes} listed={deployment.changeList} />
          </>
        ) : (
          <p className={styles.none}>
            No change is known to have come with it. It may repeat what ran
            already, or its commits were not reported.
          </p>
        )}
      </Panel>
      <Panel
        title={`Incidents (${deployment.incidents})`}
        lead="What is held to be caused by it, on what evidence."
      >
        {deployment.incidentList.length > 0 ? (
          <>
            <IncidentTable
              rows={deployment.incidentList}
              onCorrected={refresh}
            />
            <More of={deployment.incidents} listed={deployment.incidentList} />
          </>
        ) : (
          <p className={styles.none}>No incident is linked to it.</p>
        )}
      </Panel>
      {deployment.notes && (
        <Panel
          title="Release notes"
          lead={
            deployment.previous
              ? `Since ${deploymentName(deployment.previous)}`
              : 'The first deployment that is known'
          }
        >
          <div className={styles.notes}>
            <MarkdownContent content={deployment.notes} />
          </div>
        </Panel>
      )}
      <Panel
        title="Corrections"
        lead="What people said against what the portal concluded. It survives every later computation."
      >
        {deployment.corrections.length > 0 ? (
          <CorrectionTable rows={deployment.corrections} />
        ) : (
          <p className={styles.none}>Nobody corrected it.</p>
        )}
        {allowed && (
          <Correction deployment={deployment} onCorrected={refresh} />
        )}
      </Panel>
    </>
  );
}

/** A deployment with its changes, incidents, release notes and corrections. */
export function DeploymentPage() {
  const { id = '' } = useParams();
  const { value, error, refresh } = useDeployment(id);
  const listHref = useRouteRef(deploymentsRouteRef)?.() ?? '';
  return (
    <Container>
      <div className={styles.page}>
        <Link href={listHref}>All deployments</Link>
        {error && (
          <Failure
            title={`Deployment ${id} could not be read`}
            error={error}
            onRetry={refresh}
          />
        )}
        {value ? (
          <Detail deployment={value} refresh={refresh} />
        ) : (
          !error && <Skeleton width="100%" height={320} />
        )}
      </div>
    </Container>
  );
}
