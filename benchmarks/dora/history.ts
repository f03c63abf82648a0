import { Random } from './random.ts';

/** How large a company is, and what happened in it. */
export type Size = {
  name: string;
  services: number;
  deployments: number;
  changes: number;
  incidents: number;
  /** What PostgreSQL is given for it; what it comes with when absent. */
  database?: Record<string, string>;
  /** Options of Node for the portal. */
  node?: string;
};

const hour = 3_600_000;

/** Two years, so that the last year has one before it to be compared with. */
export const history = {
  from: Date.UTC(2024, 10, 1),
  to: Date.UTC(2026, 10, 1),
};

/** The name of a component of the benchmark. */
export const componentName = (service: number) => `measured-service-${service}`;

/** How many of a total fall to each of some services: unevenly, and none is lost. */
function shares(total: number, services: number): number[] {
  const random = new Random(services);
  const weights = Array.from({ length: services }, () =>
    random.duration(100, 0.7),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  let weight = 0;
  let given = 0;
  return weights.map(own => {
    weight += own;
    const until = Math.round((total * weight) / sum);
    const share = until - given;
    given = until;
    return share;
  });
}

const iso = (instant: number) => new Date(instant).toISOString();

type Counts = { deployments: number; changes: number; incidents: number };

/** Everything that happened to one service, as lines of an import. */
function linesOf(service: number, counts: Counts): string[] {
  const random = new Random(service + 1);
  const name = componentName(service);
  const deployedAt = Array.from({ length: counts.deployments }, () =>
    Math.round(history.from + random.next() * (history.to - history.from)),
  ).sort((a, b) => a - b);
  const lines: object[] = [];
  let changes = 0;
  deployedAt.forEach((at, index) => {
    const until = Math.round(
      (counts.changes * (index + 1)) / counts.deployments,
    );
    let sha = random.sha();
    for (; changes < until; changes += 1) {
      const mergedAt = at - random.duration(2 * hour, 1);
      const openedAt = mergedAt - random.duration(8 * hour, 1.2);
      const firstCommitAt = openedAt - random.duration(12 * hour, 1.3);
      sha = random.sha();
      lines.push({
        type: 'change',
        id: `${name}#${changes}`,
        service: name,
        number: `${changes}`,
        title: `Change number ${changes}`,
        openedAt: iso(openedAt),
        mergedAt: iso(mergedAt),
        mergeSha: sha,
        commits: [{ sha: random.sha(), authoredAt: iso(firstCommitAt) }],
      });
    }
    lines.push({
      type: 'deployment',
      id: `${name}-${index}`,
      service: name,
      environment: 'production',
      status: random.chance(0.04) ? 'failure' : 'success',
      startedAt: iso(at - random.duration(6 * 60_000, 0.5)),
      finishedAt: iso(at),
      sha,
    });
  });
  for (let index = 0; index < counts.incidents; index += 1) {
    const deployment = random.below(counts.deployments);
    const createdAt = deployedAt[deployment] + random.duration(hour, 1);
    lines.push({
      type: 'incident',
      id: `${name}!${index}`,
      service: name,
      severity: `sev${1 + random.below(4)}`,
      createdAt: iso(createdAt),
      resolvedAt: iso(createdAt + random.duration(2 * hour, 1.2)),
      ...(random.chance(0.5)
        ? { causedBy: { deployment: `${name}-${deployment}` } }
        : {}),
    });
  }
  return lines.map(line => JSON.stringify(line));
}

/** The history of a company, one service after the other, in pieces of lines. */
export function* historyOf(size: Size): Generator<string> {
  const deployments = shares(size.deployments, size.services);
  const changes = shares(size.changes, size.services);
  const incidents = shares(size.incidents, size.services);
  for (let service = 0; service < size.services; service += 1) {
    const lines = linesOf(service, {
      deployments: deployments[service],
      changes: changes[service],
      incidents: incidents[service],
    });
    yield `${lines.join('\n')}\n`;
  }
}
