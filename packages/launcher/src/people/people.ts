import fs from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { paths } from '../paths.ts';

/** A person of the demo organisation, as the local issuer knows them. */
export type Person = {
  /** The user entity's name. */
  name: string;
  displayName: string;
  email: string;
  title: string;
  team: string;
  role: 'Platform engineer' | 'Team lead' | 'Developer' | 'Viewer';
};

type Entity = {
  kind: string;
  metadata: {
    name: string;
    annotations?: Record<string, string>;
  };
  spec: {
    type?: string;
    parent?: string;
    memberOf?: string[];
    profile?: { displayName?: string; email?: string };
  };
};

async function readEntities(folder: string): Promise<Entity[]> {
  const names = (await fs.readdir(folder)).filter(name =>
    /\.ya?ml$/.test(name),
  );
  const files = await Promise.all(
    names.sort().map(name => fs.readFile(path.join(folder, name), 'utf8')),
  );
  return files.flatMap(text =>
    parseAllDocuments(text)
      .map(document => document.toJS())
      .filter(Boolean),
  );
}

/**
 * The people of the demo organisation, from the same files the catalog reads.
 * The role shown here only helps to choose; what a person may do is decided by
 * the portal's own permission policy.
 */
export async function readPeople(): Promise<Person[]> {
  const entities = await readEntities(path.join(paths.root, 'catalog', 'org'));
  const groups = new Map(
    entities
      .filter(entity => entity.kind === 'Group')
      .map(group => [group.metadata.name, group]),
  );
  const within = (name: string | undefined, ancestor: string): boolean =>
    name !== undefined &&
    (name === ancestor || within(groups.get(name)?.spec.parent, ancestor));

  return entities
    .filter(entity => entity.kind === 'User')
    .map(user => {
      const memberships = user.spec.memberOf ?? [];
      const home =
        memberships.find(name => groups.get(name)?.spec.type !== 'role') ?? '';
      const team = groups.get(home)?.spec.profile?.displayName ?? home;
      const title = user.metadata.annotations?.['waymark.io/title'] ?? '';
      return {
        name: user.metadata.name,
        displayName: user.spec.profile?.displayName ?? user.metadata.name,
        email: user.spec.profile?.email ?? '',
        // The page groups people by team: "Senior engineer, Ledger" need not say it again.
        title: title.split(',')[0],
        team,
        role: roleOf(memberships, name => within(name, 'engineering')),
      };
    });
}

function roleOf(
  memberships: string[],
  builds: (group: string) => boolean,
): Person['role'] {
  if (memberships.includes('developer-platform')) return 'Platform engineer';
  if (memberships.includes('team-leads')) return 'Team lead';
  return memberships.some(builds) ? 'Developer' : 'Viewer';
}
