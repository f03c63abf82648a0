import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type {
  Coverage,
  FleetSummary,
} from '@waymark/plugin-golden-paths-common';
import {
  DataTable,
  EntityName,
  Failure,
  Panel,
  useAddress,
} from '@waymark/plugin-parts-react';
import styles from '../parts/Parts.module.css';
import type { PartLink } from '../parts/LinkList';
import { Share } from '../parts/Share';
import { templateName } from '../parts/states';
import { SupportMark } from '../parts/SupportMark';
import { ExceptionsHolding } from '../exceptions/ExceptionsHolding';
import { servicesRouteRef } from '../routes';
import { FirstDeployments } from './FirstDeployments';
import { useSummary } from './questions';
import { VersionSpread } from './VersionSpread';

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
      <FirstDeployments value={value.firstDeployments} />
      <ExceptionsHolding counts={value.exceptions} />
      {value.repositories > 0 && <Versions summary={value} />}
      {value.owners.length > 0 && <Owners summary={value} />}
    </div>
  );
}

function Shares({ summary }: { summary: FleetSummary }) {
  const { coverage, newCoverage, repositories, current, drifted } = summary;
  const { hrefWith } = useAddress();
  const services = useRouteRef(servicesRouteRef)?.() ?? '';
  return (
    <div className={styles.shares}>
      <Share
        title="New services on a golden path"
        part={newCoverage.onGoldenPath}
        whole={newCoverage.services}
        target={newCoverage.target}
        parts={coverageParts(newCoverage, `${services}?isNew=true&`)}
        nothing="No service has come into the catalog since the portal first looked."
      />
      <Share
        title="All services on a golden path"
        part={coverage.onGoldenPath}
        whole={coverage.services}
        parts={coverageParts(coverage, `${services}?`)}
        nothing="The catalog has no service."
      />
      <Share
        title="On the newest version"
        part={current}
        whole={repositories}
        parts={[
          {
            count: current,
            text: 'on it',
            href: hrefWith({ newest: 'true' }),
          },
          {
            count: repositories - current,
            text: 'not',
            href: hrefWith({ newest: 'false' }),
          },
        ]}
        nothing="No repository is on a golden path."
      />
      <Share
        title="Changed by their teams"
        part={drifted}
        whole={repositories}
        parts={[
          {
            count: drifted,
            text: 'changed',
            href: hrefWith({ drift: 'changed' }),
          },
          {
            count: repositories - drifted - summary.unread,
            text: 'as the template wrote them',
            href: hrefWith({ drift: 'none' }),
          },
        ]}
        nothing="No repository is on a golden path."
      />
    </div>
  );
}

/** @param list - the address of the services, to which a filter is added */
function coverageParts(coverage: Coverage, list: string): PartLink[] {
  const { services, onGoldenPath, unread, exempt } = coverage;
  return [
    { count: onGoldenPath, text: 'on one', href: `${list}standing=on` },
    {
      count: services - onGoldenPath - unread,
      text: 'on none',
      href: `${list}standing=off`,
    },
    {
      count: unread,
      text: 'without a record that can be read',
      href: `${list}standing=unread`,
    },
    {
      count: exempt,
      text: 'not counted, by an exception',
      href: `${list}standing=exempt`,
    },
  ];
}

function Versions({ summary }: { summary: FleetSummary }) {
  const { hrefWith } = useAddress();
  return (
    <Panel title="Versions">
      <VersionSpread versions={summary.versions} />
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
  const { hrefWith } = useAddress();
  const services = useRouteRef(servicesRouteRef)?.() ?? '';
  return (
    <Panel
      title="Teams"
      lead="Adoption is the share of a team's services that are on a golden path."
    >
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
            title: 'Adoption',
            render: ({ owner, coverage }) => (
              <Adoption
                coverage={coverage}
                href={
                  owner === 'nobody' ? undefined : `${services}?owner=${owner}`
                }
              />
            ),
            isFigure: true,
          },
          {
            title: 'Repositories',
            render: ({ owner, repositories }) =>
              owner === 'nobody' || repositories === 0 ? (
                repositories
              ) : (
                <Link href={hrefWith({ owner })}>{String(repositories)}</Link>
              ),
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

/** The share of a team; of no services there is none. */
function Adoption(props: { coverage: Coverage; href?: string }) {
  const { share, onGoldenPath, services } = props.coverage;
  if (share === undefined) return '–';
  const text = `${Math.round(100 * share)} %, ${onGoldenPath} of ${services}`;
  return props.href ? <Link href={props.href}>{text}</Link> : text;
}
