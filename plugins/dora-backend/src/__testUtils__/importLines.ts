import type { RawHistory } from './rawFacts';

const iso = (instant: number | null) =>
  instant === null ? undefined : new Date(instant).toISOString();
const said = <T>(value: T | null) => value ?? undefined;
const environments: Record<number, string> = { 1: 'Prod', 2: 'staging' };

/** A history as the lines of an import. No two components share the id of a deployment. */
export function importLines(
  service: string,
  { deployments, changes, incidents }: RawHistory,
): { type: string; id: string; service: string }[] {
  return [
    ...deployments.map(fact => ({
      type: 'deployment',
      id: `${fact.externalId}@${service}`,
      service,
      environment: environments[fact.environment],
      status: fact.status,
      finishedAt: iso(fact.at),
      sha: said(fact.sha),
      commits: said(fact.commits),
      ref: said(fact.ref),
      title: said(fact.title),
      kind: said(fact.kind),
    })),
    ...changes.map(fact => ({
      type: 'change',
      id: fact.externalId,
      service,
      title: said(fact.title),
      ref: said(fact.ref),
      firstCommitAt: iso(fact.firstCommitAt ?? fact.openedAt),
      openedAt: iso(fact.openedAt),
      mergedAt: iso(fact.mergedAt),
      mergeSha: said(fact.mergeSha),
      commits: fact.commits.map(sha => ({
        sha,
        authoredAt: iso(fact.openedAt ?? 1_770_000_000_000),
      })),
    })),
    ...incidents.map((fact, index) => ({
      type: 'incident',
      id: `i${index}`,
      service,
      createdAt: iso(fact.createdAt),
      resolvedAt: iso(fact.resolvedAt),
      causedBy: causeOf(service, fact),
      isChangeRelated: said(fact.changeRelated),
    })),
  ];
}

function causeOf(service: string, fact: RawHistory['incidents'][number]) {
  if (fact.causedByDeployment !== null) {
    return { deployment: `${fact.causedByDeployment}@${service}` };
  }
  return fact.causedBySha === null ? undefined : { sha: fact.causedBySha };
}
