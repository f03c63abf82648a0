import { successesOf, type Delivery, type RawSuccess } from './deliveries';
import type { RawHistory, RawIncident, ReferenceSettings } from './facts';
import type { Unplanned } from './unplanned';

/** What an incident is put down to. */
export type Blame = {
  incident: number;
  deployment: number | null;
  evidence: string | null;
  confidence: string | null;
};

type Known = {
  delivered: Delivery[];
  rework: Unplanned[];
  settings: ReferenceSettings;
};

const hour = 3_600_000;

/** The strongest evidence there is, for an incident that nobody corrected. */
export function blame(
  incident: RawIncident,
  history: RawHistory,
  known: Known,
): Blame {
  const nobody = {
    incident: incident.id,
    deployment: null,
    evidence: null,
    confidence: null,
  };
  if (incident.changeRelated === false) return nobody;
  const successes = successesOf(history, known.settings.production);
  const found =
    byName(incident, history) ??
    byCommit(incident, history, successes, known) ??
    byRemedy(incident, history, successes, known) ??
    byTime(incident, successes, known.settings);
  return found ? { incident: incident.id, ...found } : nobody;
}

type Found = Omit<Blame, 'incident'>;

function byName(
  { causedByDeployment }: RawIncident,
  { deployments }: RawHistory,
): Found | undefined {
  const named = deployments
    .filter(({ externalId }) => externalId === causedByDeployment)
    .sort((a, b) => a.id - b.id);
  return named.length > 0
    ? {
        deployment: named[0].id,
        evidence: 'namedDeployment',
        confidence: 'certain',
      }
    : undefined;
}

function byCommit(
  { causedBySha }: RawIncident,
  history: RawHistory,
  successes: RawSuccess[],
  { delivered }: Known,
): Found | undefined {
  if (causedBySha === null) return undefined;
  const carriers = successes.filter(
    ({ sha, commits }) => sha === causedBySha || commits?.includes(causedBySha),
  );
  const bringers = successes.filter(({ id }) =>
    delivered.some(
      ({ deployment, change }) =>
        deployment === id &&
        history.changes.some(
          ({ id: other, commits, mergeSha }) =>
            other === change &&
            (mergeSha === causedBySha || commits.includes(causedBySha)),
        ),
    ),
  );
  const [holder] = [...carriers, ...bringers];
  return (
    holder && {
      deployment: holder.id,
      evidence: 'namedCommit',
      confidence: 'certain',
    }
  );
}

function byRemedy(
  { createdAt, resolvedAt }: RawIncident,
  history: RawHistory,
  successes: RawSuccess[],
  { delivered, rework }: Known,
): Found | undefined {
  const before = successes.filter(({ at }) => at <= createdAt);
  const during = successes.filter(
    ({ at }) => at > createdAt && at <= (resolvedAt ?? Infinity),
  );
  const suspect = before.at(-1);
  if (!suspect) return undefined;
  const titleOf = (delivery: Delivery) =>
    history.changes.find(({ id }) => id === delivery.change)!.title;
  for (const kind of ['rollback', 'revert', 'hotfix']) {
    for (const remedy of during) {
      const recognised = rework.find(
        ({ deployment, kind: is }) => deployment === remedy.id && is === kind,
      );
      if (!recognised) continue;
      const reverted = delivered
        .filter(({ deployment }) => deployment === remedy.id)
        .flatMap(
          delivery => titleOf(delivery)?.match(/^revert "(.+)"/i)?.[1] ?? [],
        );
      const culprit = before
        .filter(({ id }) =>
          delivered.some(
            delivery =>
              delivery.deployment === id &&
              reverted.includes(titleOf(delivery) ?? ''),
          ),
        )
        .at(-1);
      const undone = before.find(({ id }) => id === recognised.undid);
      const cause =
        recognised.undid === null ? culprit ?? suspect : undone ?? suspect;
      return {
        deployment: cause.id,
        evidence: kind,
        confidence: kind === 'hotfix' ? 'medium' : 'high',
      };
    }
  }
  return undefined;
}

function byTime(
  { createdAt }: RawIncident,
  successes: RawSuccess[],
  { incidentWindowMs }: ReferenceSettings,
): Found | undefined {
  const before = successes.filter(({ at }) => at <= createdAt);
  const suspect = before.at(-1);
  if (!suspect) return undefined;
  const gaps = before
    .slice(-11)
    .map(({ at }, index, recent) => at - (recent[index - 1]?.at ?? NaN))
    .slice(1)
    .sort((a, b) => a - b);
  const median = gaps[Math.floor((gaps.length - 1) / 2)];
  const window =
    gaps.length < 5
      ? incidentWindowMs
      : Math.min(incidentWindowMs, Math.max(hour, median));
  const gap = createdAt - suspect.at;
  return gap <= window
    ? {
        deployment: suspect.id,
        evidence: 'window',
        confidence: gap * 4 <= window ? 'medium' : 'low',
      }
    : undefined;
}
