import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import type { ResourceDetail } from '@waymark/plugin-infrastructure-common';
import { Panel, timeText } from '@waymark/plugin-parts-react';
import { ChangeList } from '../parts/ChangeList';
import { formRouteRef } from '../routes';
import styles from './Resource.module.css';

/** How a resource differs from what was asked for, and the way back. */
export function DriftPanel({ resource }: { resource: ResourceDetail }) {
  const { drift, id, may, observedAt, offering } = resource;
  const formHref = useRouteRef(formRouteRef)?.({ name: offering });
  if (!drift) return null;
  return (
    <Panel
      title="Drift"
      lead={`It is other than was asked for${
        observedAt ? `, as seen ${timeText(observedAt)}` : ''
      }. This would bring it back:`}
    >
      <ChangeList changes={drift} />
      {may.change && (
        <div className={styles.repair}>
          <ButtonLink
            variant="primary"
            href={`${formHref ?? ''}?${new URLSearchParams({ resource: id })}`}
          >
            Repair it
          </ButtonLink>
          <span>
            A request for the same again. It is planned and decided like any
            other.
          </span>
        </div>
      )}
    </Panel>
  );
}
