import { compareIds, type Success } from './containment';
import { windowAfter } from './incidentWindow';
import type {
  AttributionSettings,
  ChangeRecord,
  Confidence,
  DeliveredChange,
  DeploymentRecord,
  Evidence,
  IncidentLink,
  IncidentRecord,
} from './model';
import type { Recognised } from './rework';

/** What incidents of one component are judged by. */
export type Case = {
  deployments: DeploymentRecord[];
  /** The successful deployments to production, oldest first. */
  successes: Success[];
  /** What production got. */
  delivered: DeliveredChange[];
  changes: Map<string, ChangeRecord>;
  rework: Map<string, Recognised>;
  settings: AttributionSettings;
};

/**
 * A repair tells more than the time alone: it may follow the deployment that
 * it repairs after so many of the configured windows.
 */
const windowsOfRemedies = 7;

/** The last element at or before the instant. */
function lastUntil(successes: Success[], instant: number): number {
  let low = 0;
  let high = successes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (successes[middle].at <= instant) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function duration(ms: number): string {
  return ms < 3_600_000
    ? `${Math.round(ms / 60_000)} min`
    : `${Math.round(ms / 360_000) / 10} h`;
}

/** Links incidents to deployments by the strongest evidence there is. */
export class IncidentLinker {
  readonly #case: Case;
  readonly #byExternalId: Map<string, DeploymentRecord>;
  readonly #byId: Map<string, DeploymentRecord>;
  readonly #bySha = new Map<string, Success>();

  constructor(evidence: Case) {
    this.#case = evidence;
    // Two systems may use the same id; the one told of first is meant.
    this.#byExternalId = new Map(
      [...evidence.deployments]
        .sort((a, b) => compareIds(b.id, a.id))
        .map(deployment => [deployment.externalId, deployment]),
    );
    this.#byId = new Map(
      evidence.deployments.map(deployment => [deployment.id, deployment]),
    );
    // The first deployment with a commit is the one that brought it.
    for (const success of evidence.successes) {
      for (const sha of [...(success.commits ?? []), success.sha]) {
        if (sha && !this.#bySha.has(sha)) this.#bySha.set(sha, success);
      }
    }
    const successOf = new Map(evidence.successes.map(s => [s.id, s]));
    for (const { changeId, deploymentId } of evidence.delivered) {
      const change = evidence.changes.get(changeId);
      const success = successOf.get(deploymentId);
      if (!change || !success) continue;
      for (const sha of [...change.commits, change.mergeSha]) {
        if (sha && !this.#bySha.has(sha)) this.#bySha.set(sha, success);
      }
    }
  }

  /** @returns nothing when the incident is for another component to link */
  link(incident: IncidentRecord): IncidentLink | undefined {
    if (incident.correctedCause === null) {
      return incident.foreign
        ? undefined
        : unlinked(incident, 'a person said that no deployment caused it');
    }
    if (incident.correctedCause !== undefined) {
      // A person may name a deployment of another component, which then links it.
      return this.#byId.has(incident.correctedCause)
        ? linked(incident, incident.correctedCause, 'corrected', 'certain', [
            'a person named this deployment',
          ])
        : undefined;
    }
    if (incident.isChangeRelated === false) {
      return incident.foreign
        ? undefined
        : unlinked(incident, 'it was reported as not caused by a change');
    }
    const named = this.#named(incident);
    if (named) return named;
    if (incident.foreign || incident.namesElsewhere) return undefined;
    return this.#undone(incident) ?? this.#inWindow(incident);
  }

  #named(incident: IncidentRecord): IncidentLink | undefined {
    const { causedByDeployment, causedBySha } = incident;
    const deployment =
      causedByDeployment !== undefined
        ? this.#byExternalId.get(causedByDeployment)
        : undefined;
    if (deployment) {
      return linked(incident, deployment.id, 'namedDeployment', 'certain', [
        'the incident names this deployment',
      ]);
    }
    const holder =
      causedBySha !== undefined ? this.#bySha.get(causedBySha) : undefined;
    return holder && !incident.foreign
      ? linked(incident, holder.id, 'namedCommit', 'certain', [
          `the incident names commit ${causedBySha!.slice(0, 8)}, which this`,
          'deployment brought',
        ])
      : undefined;
  }

  /** A rollback, revert or hotfix between the incident's beginning and its end tells what was wrong. */
  #undone(incident: IncidentRecord): IncidentLink | undefined {
    const { successes, rework, settings } = this.#case;
    const { createdAt, resolvedAt } = incident;
    const patience = settings.incidentWindowMs * windowsOfRemedies;
    const suspect = lastUntil(successes, createdAt);
    if (suspect < 0) return undefined;
    const during = successes.slice(
      suspect + 1,
      // What nobody closes does not lay claim to every later repair.
      lastUntil(successes, resolvedAt ?? createdAt + patience) + 1,
    );
    const isRecent = createdAt - successes[suspect].at <= patience;
    for (const kind of ['rollback', 'revert', 'hotfix'] as const) {
      for (const remedy of during) {
        const recognised = rework.get(remedy.id);
        if (recognised?.rework !== kind) continue;
        const undid =
          kind === 'rollback'
            ? recognised.undoneFrom
            : this.#reverted(remedy, createdAt);
        // What undid only what came later undid a failed repair.
        if (undid !== undefined && undid > suspect) continue;
        // Where nothing says what was repaired, only what is recent is suspected.
        if (undid === undefined && !isRecent) continue;
        return linked(
          incident,
          successes[kind === 'rollback' ? suspect : undid ?? suspect].id,
          kind,
          undid === undefined ? 'medium' : 'high',
          [`a ${kind} followed during the incident:`, recognised.reason],
        );
      }
    }
    return undefined;
  }

  /**
   * The place of the deployment that last had brought what a revert takes back,
   * of those before the incident if there is one.
   */
  #reverted(remedy: Success, begun: number): number | undefined {
    const { successes, delivered, changes } = this.#case;
    const titles = delivered
      .filter(({ deploymentId }) => deploymentId === remedy.id)
      .flatMap(({ changeId }) => {
        const title = changes.get(changeId)?.title;
        return title?.match(/^revert "(.+)"/i)?.[1] ?? [];
      });
    const brought = delivered.filter(
      ({ changeId, at }) =>
        at < remedy.at && titles.includes(changes.get(changeId)?.title ?? ''),
    );
    const last = brought.filter(({ at }) => at <= begun).at(-1) ?? brought[0];
    const place = successes.findIndex(({ id }) => id === last?.deploymentId);
    return place < 0 ? undefined : place;
  }

  #inWindow(incident: IncidentRecord): IncidentLink {
    const { successes, settings } = this.#case;
    const index = lastUntil(successes, incident.createdAt);
    if (index < 0) {
      return unlinked(incident, 'nothing had been deployed before it');
    }
    const gap = incident.createdAt - successes[index].at;
    const window = windowAfter(successes, index, settings.incidentWindowMs);
    if (gap > window) {
      return unlinked(
        incident,
        `the deployment before it was ${duration(
          gap,
        )} earlier, and only those within ${duration(window)} are suspected`,
      );
    }
    return linked(
      incident,
      successes[index].id,
      'window',
      gap <= window / 4 ? 'medium' : 'low',
      [
        `it began ${duration(
          gap,
        )} after this deployment, and nothing else is known`,
      ],
    );
  }
}

function linked(
  { id }: IncidentRecord,
  deploymentId: string,
  evidence: Evidence,
  confidence: Confidence,
  reason: string[],
): IncidentLink {
  return {
    incidentId: id,
    deploymentId,
    evidence,
    confidence,
    reason: reason.join(' '),
  };
}

function unlinked({ id }: IncidentRecord, reason: string): IncidentLink {
  return {
    incidentId: id,
    deploymentId: undefined,
    evidence: undefined,
    confidence: undefined,
    reason,
  };
}
