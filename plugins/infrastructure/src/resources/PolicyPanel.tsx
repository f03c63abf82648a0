import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type {
  ComplianceRow,
  ResourceDetail,
} from '@waymark/plugin-infrastructure-common';
import { Failure, Panel, timeText } from '@waymark/plugin-parts-react';
import { RuleList } from '../decision/RuleList';
import { AskException } from '../exceptions/AskException';
import { useCompliance } from '../live/guardrails';
import { complianceRouteRef } from '../routes';
import styles from './Resource.module.css';

function Status(props: { rows: ComplianceRow[]; resource: ResourceDetail }) {
  const { rows, resource } = props;
  const judged = rows.filter(({ finding }) => finding !== 'notJudged');
  const details = judged.flatMap(row => row.details ?? []);
  if (judged.length === 0) {
    return <p className={styles.note}>It is judged within a minute.</p>;
  }
  const complying = judged.filter(({ finding }) => finding === 'complies');
  return (
    <>
      <p className={styles.note}>
        {`It complies with ${complying.length} of ${judged.length} rules.`}
      </p>
      {details.length > 0 && (
        <RuleList
          rules={details}
          actionFor={finding =>
            resource.may.change && (
              <AskException
                finding={finding}
                about={{ resource: resource.id }}
                name={resource.name}
              />
            )
          }
        />
      )}
    </>
  );
}

/** What the rules say of a resource as it is. */
export function PolicyPanel({ resource }: { resource: ResourceDetail }) {
  const live = useCompliance({ resource: resource.id, limit: 200 });
  const href = useRouteRef(complianceRouteRef)?.() ?? '';
  const rows = live.value?.items ?? [];
  const lookedAt = rows[0]?.lookedAt;
  // Whoever may not see it is told nothing of it.
  if (live.value?.total === 0) return null;
  return (
    <Panel
      title="Policy"
      lead={lookedAt && `Judged ${timeText(lookedAt)}`}
      isBusy={live.loading}
    >
      {live.error && (
        <Failure
          title="What the rules say could not be read"
          error={live.error}
          onRetry={live.refresh}
        />
      )}
      {live.value && <Status rows={rows} resource={resource} />}
      <p className={styles.note}>
        <Link
          href={`${href}?${new URLSearchParams({ resource: resource.id })}`}
        >
          Every rule, and the evidence
        </Link>
      </p>
    </Panel>
  );
}
