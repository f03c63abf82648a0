import {
  deploymentName,
  type Change,
  type Correction,
  type Deployment,
  type Incident,
} from '@waymark/plugin-dora-common';

type Text = string | null;

export type DeploymentRow = {
  id: string;
  source: string;
  external_id: string;
  service: string;
  owner: Text;
  environment: string;
  status: Deployment['status'];
  at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  sha: Text;
  ref: Text;
  title: Text;
  author: Text;
  url: Text;
  failed: boolean;
  failed_reason: Text;
  rework: Deployment['rework'] | null;
  rework_reason: Text;
  recovered_at: Date | null;
  corrected: boolean;
  changes: number;
  incidents: number;
};

export type IncidentRow = {
  id: string;
  source: string;
  external_id: string;
  service: string;
  owner: Text;
  severity: Text;
  title: Text;
  url: Text;
  created_at: Date;
  resolved_at: Date | null;
  change_related: boolean | null;
  corrected: boolean;
  deployment_id: Text;
  cause_title: Text;
  cause_ref: Text;
  cause_sha: Text;
  evidence: Text;
  confidence: Text;
  reason: Text;
};

export type ChangeRow = {
  id: string;
  service: string;
  number: Text;
  title: Text;
  author: Text;
  url: Text;
  first_commit_at: Date | null;
  opened_at: Date | null;
  first_review_at: Date | null;
  approved_at: Date | null;
  merged_at: Date | null;
  merge_sha: Text;
  commit_count: number;
  since_first_commit: Text;
  how: string;
  baseline: boolean;
};

export type CorrectionRow = {
  id: string;
  deployment_id: Text;
  incident_id: Text;
  failed: boolean | null;
  cause_id: Text;
  reason: string;
  by_ref: string;
  at: Date;
  ended_at: Date | null;
  takes_back: boolean;
};

const said = <T>(value: T | null): T | undefined => value ?? undefined;
const instant = (value: Date | null): string | undefined =>
  value?.toISOString();

export function toDeployment(row: DeploymentRow): Deployment {
  return {
    id: row.id,
    source: row.source,
    externalId: row.external_id,
    service: row.service,
    owner: said(row.owner),
    environment: row.environment,
    status: row.status,
    at: row.at.toISOString(),
    startedAt: instant(row.started_at),
    finishedAt: instant(row.finished_at),
    sha: said(row.sha),
    ref: said(row.ref),
    title: said(row.title),
    author: said(row.author),
    url: said(row.url),
    failed: row.failed,
    failedReason: said(row.failed_reason),
    corrected: row.corrected,
    rework: said(row.rework),
    reworkReason: said(row.rework_reason),
    recoveredAt: instant(row.recovered_at),
    changes: row.changes,
    incidents: row.incidents,
  };
}

export function toIncident(row: IncidentRow): Incident {
  const { deployment_id: cause } = row;
  return {
    id: row.id,
    source: row.source,
    externalId: row.external_id,
    service: row.service,
    owner: said(row.owner),
    severity: said(row.severity),
    title: said(row.title),
    url: said(row.url),
    createdAt: row.created_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    isChangeRelated: row.change_related,
    corrected: row.corrected,
    link: cause
      ? ({
          deployment: cause,
          name: deploymentName({
            id: cause,
            title: row.cause_title,
            ref: row.cause_ref,
            sha: row.cause_sha,
          }),
          evidence: row.evidence,
          confidence: row.confidence,
          reason: row.reason,
        } as Incident['link'])
      : null,
    unlinkedReason: cause ? undefined : said(row.reason),
  };
}

const hows: Record<string, string> = {
  range: 'the deployment names its commit',
  sha: 'its commit was deployed',
  ancestor: 'it was merged before the commit that was deployed',
  time: 'it was merged before the deployment, which names no commit we know',
};

export function toChange(row: ChangeRow): Change {
  return {
    id: row.id,
    service: row.service,
    number: said(row.number),
    title: row.title ?? `Change ${row.number ?? row.id}`,
    author: said(row.author),
    url: said(row.url),
    firstCommitAt: instant(row.first_commit_at),
    openedAt: instant(row.opened_at),
    firstReviewAt: instant(row.first_review_at),
    approvedAt: instant(row.approved_at),
    mergedAt: instant(row.merged_at),
    mergeSha: said(row.merge_sha),
    commits: row.commit_count,
    leadTime:
      row.since_first_commit === null
        ? null
        : Number(row.since_first_commit) / 1000,
    how: row.baseline
      ? `${
          hows[row.how]
        }; it is not counted, for it was merged long before the first deployment we know of`
      : hows[row.how],
  };
}

export function toCorrection(row: CorrectionRow): Correction {
  return {
    id: row.id,
    at: row.at.toISOString(),
    by: row.by_ref,
    what: described(row),
    reason: row.reason,
    deployment: said(row.deployment_id),
    incident: said(row.incident_id),
    active: row.ended_at === null,
  };
}

function described(row: CorrectionRow): string {
  if (row.takes_back) return 'Took a correction back';
  if (row.deployment_id !== null) {
    return row.failed ? 'Marked as failed' : 'Marked as not failed';
  }
  return row.cause_id === null
    ? 'Said that no deployment caused it'
    : `Put down to deployment ${row.cause_id}`;
}
