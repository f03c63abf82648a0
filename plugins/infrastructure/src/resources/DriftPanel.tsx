import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import type { ResourceDetail } from '@waymark/plugin-infrastructure-common';
import { Panel, timeText } from '@waymark/plugin-parts-react';
import { useState } from 'react';
import { ChangeList } from '../parts/ChangeList';
import { formRouteRef } from '../routes';
import { AcceptDialog } from './AcceptDialog';
import styles from './Resource.module.css';

function WaysOut({ resource }: { resource: ResourceDetail }) {
  const { id, offering } = resource;
  const formHref = useRouteRef(formRouteRef)?.({ name: offering });
  const [isAccepting, setAccepting] = useState(false);
  return (
    <div className={styles.repair}>
      <ButtonLink
        variant="primary"
        href={`${formHref ?? ''}?${new URLSearchParams({ resource: id })}`}
      >
        Repair it
      </ButtonLink>
      <Button variant="secondary" onPress={() => setAccepting(true)}>
        Accept it
      </Button>
      <span>
        Either is a request, planned and decided like any other: for the same
        again, or for leaving it as it is.
      </span>
      {isAccepting && (
        <AcceptDialog resource={resource} onClose={() => setAccepting(false)} />
      )}
    </div>
  );
}

/** How a resource differs from what was asked for, and the ways out. */
export function DriftPanel({ resource }: { resource: ResourceDetail }) {
  const { acceptedDrift, drift, may, observedAt } = resource;
  if (!drift) {
    return acceptedDrift ? (
      <Panel
        title="Accepted as it is"
        lead="It is other than was asked for, and somebody wanted it so. The next update would bring it back."
      >
        <ChangeList changes={acceptedDrift} />
      </Panel>
    ) : null;
  }
  return (
    <Panel
      title="Drift"
      lead={`It is other than was asked for${
        observedAt ? `, as seen ${timeText(observedAt)}` : ''
      }. This would bring it back:`}
    >
      <ChangeList changes={drift} />
      {may.change && <WaysOut resource={resource} />}
    </Panel>
  );
}
