import fs from 'node:fs/promises';
import path from 'node:path';
import { folder } from './settings.ts';

type Entity = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; description?: string; tags?: string[] };
  spec: Record<string, unknown>;
};

const perFile = 100;

/** How many of a thousand entities are of each kind. */
const shares = {
  Domain: 2,
  Group: 10,
  System: 20,
  User: 50,
  Resource: 118,
  API: 150,
  Component: 650,
};

type Kind = keyof typeof shares;

function entity(
  kind: Kind,
  index: number,
  spec: Record<string, unknown>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name: `generated-${kind.toLowerCase()}-${index}`,
      description: `The ${kind} number ${index} of the benchmark.`,
      tags: [`tag-${index % 20}`, `tier-${index % 3}`],
    },
    spec,
  };
}

/** Specifications whose references are spread evenly over what else is generated. */
function specifications(
  total: number,
): Record<Kind, (i: number) => Record<string, unknown>> {
  const counts = countsOf(total);
  const some = (kind: Kind, index: number) =>
    `generated-${kind.toLowerCase()}-${index % counts[kind]}`;
  const owned = (i: number) => ({
    owner: some('Group', i * 7),
    system: some('System', i * 3),
  });
  return {
    Domain: i => ({ owner: some('Group', i) }),
    Group: () => ({ type: 'team', children: [] }),
    System: i => ({ owner: some('Group', i), domain: some('Domain', i) }),
    User: i => ({ memberOf: [some('Group', i)] }),
    Resource: i => ({ type: 'database', ...owned(i) }),
    API: i => ({
      type: 'openapi',
      lifecycle: 'production',
      definition: 'openapi: 3.1.0',
      ...owned(i),
    }),
    Component: i => ({
      type: ['service', 'website', 'library'][i % 3],
      lifecycle: ['production', 'experimental'][i % 2],
      ...owned(i),
      providesApis: [some('API', i)],
      consumesApis: [some('API', i * 5 + 1), some('API', i * 11 + 2)],
      dependsOn: [
        `resource:${some('Resource', i)}`,
        `component:${some('Component', i * 13 + 1)}`,
      ],
    }),
  };
}

function countsOf(total: number): Record<Kind, number> {
  const counts = Object.fromEntries(
    Object.entries(shares).map(([kind, share]) => [
      kind,
      Math.max(1, Math.round((share * total) / 1000)),
    ]),
  );
  return counts as Record<Kind, number>;
}

/**
 * Writes about as many entities as asked for into files of a hundred, with
 * owners, systems, domains, APIs and dependencies.
 *
 * @returns the file that names all others, and how many entities there are
 */
export async function generateEntities(
  total: number,
): Promise<{ file: string; count: number }> {
  const target = path.join(folder, `entities-${total}`);
  await fs.mkdir(target, { recursive: true });
  const spec = specifications(total);
  const entities = Object.entries(countsOf(total)).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, i) =>
      entity(kind as Kind, i, spec[kind as Kind](i)),
    ),
  );
  const targets: string[] = [];
  for (let at = 0; at < entities.length; at += perFile) {
    const name = `batch-${String(at / perFile).padStart(4, '0')}.yaml`;
    targets.push(`./${name}`);
    await fs.writeFile(
      path.join(target, name),
      entities
        .slice(at, at + perFile)
        // JSON is YAML too.
        .map(one => JSON.stringify(one))
        .join('\n---\n'),
    );
  }
  const file = path.join(target, 'all.yaml');
  await fs.writeFile(
    file,
    JSON.stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Location',
      metadata: { name: 'generated' },
      spec: { targets },
    }),
  );
  return { file, count: entities.length };
}
