import fs from 'node:fs/promises';
import path from 'node:path';
import { folder } from '../settings.ts';
import { componentName } from './history.ts';

const perTeam = 10;
const perSystem = 5;
const perDomain = 15;
const perFile = 100;

function entity(kind: string, name: string, spec: Record<string, unknown>) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
    spec,
  };
}

const several = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: Math.ceil(count) }, (_, index) => make(index));

export const teamName = (index: number) => `measured-team-${index}`;

/** How many teams a company of so many components has. */
export const teamsOf = (services: number) => Math.ceil(services / perTeam);

/** Teams of ten components, systems of five, domains of fifteen systems, departments of ten teams. */
function entitiesOf(services: number) {
  const teams = teamsOf(services);
  const systems = services / perSystem;
  return [
    entity('Group', 'measured-company', { type: 'company', children: [] }),
    ...several(teams / 10, index =>
      entity('Group', `measured-department-${index}`, {
        type: 'department',
        parent: 'measured-company',
        children: [],
      }),
    ),
    ...several(teams, index =>
      entity('Group', teamName(index), {
        type: 'team',
        parent: `measured-department-${Math.floor(index / 10)}`,
        children: [],
      }),
    ),
    ...several(systems / perDomain, index =>
      entity('Domain', `measured-domain-${index}`, {
        owner: 'measured-company',
      }),
    ),
    ...several(systems, index =>
      entity('System', `measured-system-${index}`, {
        owner: teamName(Math.floor(index / 2)),
        domain: `measured-domain-${Math.floor(index / perDomain)}`,
      }),
    ),
    ...several(services, index =>
      entity('Component', componentName(index), {
        type: 'service',
        lifecycle: 'production',
        owner: teamName(Math.floor(index / perTeam)),
        system: `measured-system-${Math.floor(index / perSystem)}`,
      }),
    ),
  ];
}

/**
 * Writes a company with so many components into catalog files.
 *
 * @returns the file that names all others
 */
export async function writeOrganisation(services: number): Promise<string> {
  const target = path.join(folder, `organisation-${services}`);
  await fs.mkdir(target, { recursive: true });
  const entities = entitiesOf(services);
  const targets: string[] = [];
  for (let at = 0; at < entities.length; at += perFile) {
    const name = `batch-${at / perFile}.yaml`;
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
      metadata: { name: 'measured' },
      spec: { targets },
    }),
  );
  return file;
}
