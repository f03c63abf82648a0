import { Link } from '@backstage/ui';
import type { FleetSummary } from '@waymark/plugin-golden-paths-common';
import {
  DataTable,
  EntityName,
  Failure,
  Panel,
  useAddress,
} from '@waymark/plugin-parts-react';
import styles from '../parts/Parts.module.css';
import { Share } from '../parts/Share';
import { templateName } from '../parts/states';
import { SupportMark } from '../parts/SupportMark';
import { ExceptionsHolding } from '../exceptions/ExceptionsHolding';
import { useSummary } from './questions';

/** How much of the organisation is on golden paths, and how current it is. */
export function FleetOverview() {
  const { value, error, refresh } = useSummary();
  if (error) {
    return (
      <Failure
        title="The summary could not be read"
        error={error}
        onRetry={refresh}
      />
    );
  }
  if (!value) return null;
  return (
    <div className={styles.page}>
      <Panel title="How far we are">
        <Shares summary={value} />
      </Panel>
      <ExceptionsHolding counts={value.exceptions} />
      {value.repositories > 0 && (
        <div className={styles.columns}>
          <Versions summary={value} />
          <Owners summary={value} />
        </div>
      )}
    </div>
  );
}

function Shares({ summary }: { summary: FleetSummary }) {
  const { coverage, newCoverage, repositories, current, drifted } = summary;
  return (
    <div className={styles.shares}>
      <Share
        title="New services on a golden path"
        part={newCoverage.onGoldenPath}
        exempt={newCoverage.exempt}
        whole={newCoverage.services}
        target={newCoverage.target}
        nothing="No service has come into the catalog since the portal first looked."
      />
      <Share
        title="All services on a golden path"
        part={coverage.onGoldenPath}
        exempt={coverage.exempt}
        whole={coverage.services}
        nothing="The catalog has no service."
      />
      <Share
        title="On the newest version"
        part={current}
        whole={repositories}
        nothing="No repository is on a golden path."
      />
      <Share
        title="Changed by their teams"
        part={drifted}
        whole={repositories}
        nothing="No repository is on a golden path."
      />
    </div>
  );
}

function Versions({ summary }: { summary: FleetSummary }) {
  const { hrefWith } = useAddress();
  return (
    <Panel title="Versions">
      <DataTable
        label="Versions"
        rows={summary.versions}
        keyOf={({ template, version }) => `${template} ${version}`}
        columns={[
          {
            title: 'Golden path',
            render: ({ template, version }) => (
              <Link href={hrefWith({ template, version })}>
                {`${templateName(template)} ${version}`}
              </Link>
            ),
          },
          {
            title: 'Support',
            render: ({ support }) => <SupportMark support={support} />,
          },
          {
            title: 'Repositories',
            render: ({ repositories }) => repositories,
            isFigure: true,
          },
        ]}
      />
    </Panel>
  );
}

function Owners({ summary }: { summary: FleetSummary }) {
  return (
    <Panel title="Teams">
      <DataTable
        label="Teams"
        rows={summary.owners}
        keyOf={({ owner }) => owner}
        columns={[
          {
            title: 'Team',
            render: ({ owner }) =>
              owner === 'nobody' ? 'Nobody' : <EntityName entityRef={owner} />,
          },
          {
            title: 'Repositories',
            render: ({ repositories }) => repositories,
            isFigure: true,
          },
          {
            title: 'Current',
            render: ({ current }) => current,
            isFigure: true,
          },
        ]}
      />
    </Panel>
  );
}
