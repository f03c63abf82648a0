import type { Upgrade } from '@waymark/plugin-golden-paths-common';
import type { UpgradeRow } from './UpgradeStore';

/** An upgrade as the API document has it. */
export function toUpgrade(row: UpgradeRow): Upgrade {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    repository: row.repository,
    template: row.template,
    from: row.from_version,
    to: row.to_version,
    state: row.state,
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
    changes: row.changes,
    conflicts: row.conflicts,
    ...(row.campaign_id ? { campaign: row.campaign_id } : {}),
    ...(row.ended_at ? { endedAt: row.ended_at.toISOString() } : {}),
    ...(row.branch ? { branch: row.branch } : {}),
    ...(row.commit ? { commit: row.commit } : {}),
    ...(row.proposal_url ? { proposalUrl: row.proposal_url } : {}),
    ...(row.summary ? { summary: row.summary } : {}),
    ...(row.message ? { message: row.message } : {}),
    ...(row.checks ? { checks: row.checks } : {}),
    ...(row.checks_note ? { checksNote: row.checks_note } : {}),
    ...(row.merged_by ? { mergedBy: row.merged_by } : {}),
  };
}
