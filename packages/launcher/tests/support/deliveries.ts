/** How a component delivers, in the year that is made up for it. */
export type Delivery = {
  service: string;
  /** Deployments a week at the beginning of the year, and at its end. */
  perWeek: [number, number];
  /** The share that fails, at the beginning and at the end. */
  failing: [number, number];
  /** Hours from first commit to deployment, at the beginning and at the end. */
  leadHours: [number, number];
};

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const hour = 3_600_000;
const week = 7 * 24 * hour;

function sha(service: string, index: number): string {
  return Buffer.from(`${service}#${index}`)
    .toString('hex')
    .slice(-40)
    .padStart(40, '0');
}

const at = (instant: number) => new Date(instant).toISOString();

/**
 * The deployments, changes and incidents of a component over some weeks, as
 * lines that `POST /api/dora/import` takes.
 *
 * @param options.end - the last instant of the story, in milliseconds
 */
export function deliveriesOf(
  delivery: Delivery,
  options: { end: number; weeks: number; seed: number },
): object[] {
  const { service, perWeek, failing, leadHours } = delivery;
  const { end, weeks, seed } = options;
  const random = seeded(seed);
  const lines: object[] = [];
  let index = 0;
  for (let nth = 0; nth < weeks; nth += 1) {
    const along = weeks === 1 ? 1 : nth / (weeks - 1);
    const now = ([from, to]: [number, number]) => from + (to - from) * along;
    const start = end - (weeks - nth) * week;
    const rate = now(perWeek);
    const count = Math.floor(rate) + (random() < rate % 1 ? 1 : 0);
    const times = Array.from(
      { length: count },
      () => start + random() * week,
    ).sort((a, b) => a - b);
    for (const finished of times) {
      index += 1;
      const commit = sha(service, index);
      const id = `${service}-${index}`;
      const first = finished - now(leadHours) * (0.3 + 1.4 * random()) * hour;
      const merged = first + (finished - first) * 0.8;
      lines.push(
        {
          type: 'change',
          id,
          service,
          number: String(index),
          title: `Change ${index} of ${service}`,
          firstCommitAt: at(first),
          openedAt: at(first + (finished - first) * 0.2),
          mergedAt: at(merged),
          mergeSha: commit,
          commits: [{ sha: commit, authoredAt: at(first) }],
        },
        {
          type: 'deployment',
          id,
          service,
          environment: 'production',
          status: 'success',
          startedAt: at(finished - 0.1 * hour),
          finishedAt: at(finished),
          sha: commit,
          commits: [commit],
          ref: `v1.${index}.0`,
        },
      );
      if (random() < now(failing)) {
        lines.push({
          type: 'incident',
          id,
          service,
          severity: 'SEV-2',
          title: `Errors after change ${index}`,
          createdAt: at(finished + 0.2 * hour),
          resolvedAt: at(finished + (0.5 + 4 * random()) * hour),
          causedBy: { deployment: id },
        });
      }
    }
  }
  return lines;
}

/** What is sent as the body of an import. */
export function asNdjson(lines: object[]): string {
  return lines.map(line => JSON.stringify(line)).join('\n');
}
