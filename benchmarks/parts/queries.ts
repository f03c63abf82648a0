import type { Portal } from '../portals/portal.ts';
import type { Row } from '../results.ts';
import { percentile } from '../statistics.ts';

const blocks = 3;
const requestsPerBlock = 70;

/** What the catalog page, its filters and an entity page ask for. */
const queries: [name: string, path: (i: number) => string][] = [
  [
    'List of 20 components by name',
    i =>
      `/api/catalog/entities/by-query?filter=kind%3Dcomponent&limit=20&orderField=metadata.name,asc&offset=${
        (i % 50) * 20
      }`,
  ],
  [
    'Facets of types and owners of components',
    () =>
      '/api/catalog/entity-facets?filter=kind%3Dcomponent&facet=spec.type&facet=relations.ownedBy',
  ],
  [
    'Entity by name',
    i =>
      `/api/catalog/entities/by-name/component/default/generated-component-${i}`,
  ],
];

async function ask(url: string, token: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return performance.now() - started;
}

/** p50 and p95 of each query, one sample for each block of requests; the portals in turn. */
export async function measureQueries(portals: Portal[]): Promise<Row[]> {
  const tokens = new Map<Portal, string>();
  for (const portal of portals) tokens.set(portal, await portal.token());
  const rows: Row[] = [];
  for (const [name, path] of queries) {
    const p50: Row = {
      name: `${name}, p50`,
      unit: 'ms',
      waymark: [],
      vanilla: [],
    };
    const p95: Row = {
      name: `${name}, p95`,
      unit: 'ms',
      waymark: [],
      vanilla: [],
    };
    // The first block of each warms up and is not counted.
    for (let block = 0; block <= blocks; block += 1) {
      for (const portal of portals) {
        const samples: number[] = [];
        for (let i = 0; i < requestsPerBlock; i += 1) {
          const url = `${portal.url}${path(i)}`;
          samples.push(await ask(url, tokens.get(portal) ?? ''));
        }
        if (block > 0) {
          p50[portal.name].push(percentile(samples, 0.5));
          p95[portal.name].push(percentile(samples, 0.95));
        }
      }
    }
    rows.push(p50, p95);
  }
  return rows;
}

/** How many requests stand behind each figure. */
export const queryMethod = `Each query ${
  blocks * requestsPerBlock
} times one after the other, in ${blocks} blocks of ${requestsPerBlock}, the portals in turn; a figure is the median of the blocks.`;
