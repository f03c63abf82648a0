import { duration } from '@waymark/plugin-dora-common';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  doraCorrectionCreatePermission,
  type Incident,
} from '@waymark/plugin-dora-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Link } from '@backstage/ui';
import { RiCheckLine, RiErrorWarningLine } from '@remixicon/react';
import { useState } from 'react';
import {
  type Column,
  DataTable,
  EntityName,
  Mark,
  timeText,
} from '@waymark/plugin-parts-react';
import { deploymentRouteRef } from '../routes';
import { confidenceWords, evidenceWords } from './evidence';
import { IncidentDialog } from './IncidentDialog';
import styles from './Incident.module.css';

/** What to call an incident. */
function incidentName({ title, externalId, id }: Incident): string {
  return title || externalId || `Incident ${id}`;
}

function Name({ incident }: { incident: Incident }) {
  const name = incidentName(incident);
  return (
    <>
      {incident.url ? (
        <Link href={incident.url} target="_blank" rel="noopener noreferrer">
          {name}
        </Link>
      ) : (
        name
      )}
      {incident.severity && (
        <span className={styles.why}>{incident.severity}</span>
      )}
    </>
  );
}

function State({ incident }: { incident: Incident }) {
  const { createdAt, resolvedAt } = incident;
  if (!resolvedAt) {
    return <Mark tone="negative" Icon={RiErrorWarningLine} text="Open" />;
  }
  const seconds = (Date.parse(resolvedAt) - Date.parse(createdAt)) / 1000;
  return (
    <Mark
      tone="positive"
      Icon={RiCheckLine}
      text={`Resolved in ${duration(Math.max(0, seconds))}`}
    />
  );
}

function Cause({ incident }: { incident: Incident }) {
  const hrefOf = useRouteRef(deploymentRouteRef);
  const { link, unlinkedReason } = incident;
  if (!link) {
    return (
      <>
        No deployment
        {unlinkedReason && <span className={styles.why}>{unlinkedReason}</span>}
      </>
    );
  }
  return (
    <>
      <Link href={hrefOf?.({ id: link.deployment }) ?? ''}>{link.name}</Link>
      <span className={styles.why}>
        {evidenceWords[link.evidence]} ({confidenceWords[link.confidence]}).{' '}
        {link.reason}
      </span>
    </>
  );
}

/** Incidents, one a row, with the evidence of what caused each. */
export function IncidentTable(props: {
  rows: Incident[];
  onCorrected: () => void;
}) {
  const { rows, onCorrected } = props;
  const [corrected, setCorrected] = useState<Incident>();
  const { allowed } = usePermission({
    permission: doraCorrectionCreatePermission,
  });
  const columns: Column<Incident>[] = [
    { title: 'Incident', render: row => <Name incident={row} /> },
    {
      title: 'Component',
      render: ({ service }) => <EntityName entityRef={service} />,
    },
    { title: 'Began', render: ({ createdAt }) => timeText(createdAt) },
    { title: 'State', render: row => <State incident={row} /> },
    { title: 'Caused by', render: row => <Cause incident={row} /> },
  ];
  if (allowed) {
    columns.push({
      title: 'Correction',
      render: row => (
        <Button
          size="small"
          variant="secondary"
          aria-label={`Correct the cause of ${incidentName(row)}`}
          onPress={() => setCorrected(row)}
        >
          Correct
        </Button>
      ),
    });
  }
  return (
    <>
      <DataTable
        label="Incidents"
        rows={rows}
        keyOf={({ id }) => id}
        columns={columns}
      />
      {corrected && (
        <IncidentDialog
          incident={corrected}
          title={incidentName(corrected)}
          onCorrected={onCorrected}
          onClose={() => setCorrected(undefined)}
        />
      )}
    </>
  );
}
