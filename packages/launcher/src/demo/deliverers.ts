import fs from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { paths } from '../paths.ts';

/** A component of the demo organisation that is delivered, as its catalog entry describes it. */
export type Deliverer = {
  name: string;
  /** The group that owns it. */
  team: string;
  /** `owner/name` on the Git host. */
  repository: string;
  /** Whether other components live in the same repository. */
  shared: boolean;
  /** Its folder there, ending in a slash; empty for the whole repository. */
  folder: string;
  /** Its name at the incident system, where it has one. */
  pager?: string;
};

type Component = {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec: { owner: string; type: string; system?: string };
};

/** The components of the demo organisation, as its catalog has them. */
export async function readComponents(): Promise<Component[]> {
  const folder = path.join(paths.root, 'catalog', 'components');
  const names = (await fs.readdir(folder, { recursive: true })).filter(
    name =>
      /\.yaml$/.test(name) &&
      (!name.includes(path.sep) || name.endsWith('catalog-info.yaml')),
  );
  const texts = await Promise.all(
    names.sort().map(name => fs.readFile(path.join(folder, name), 'utf8')),
  );
  return texts.flatMap(text =>
    parseAllDocuments(text)
      .map(document => document.toJS())
      .filter(Boolean),
  );
}

/** The components that a delivery system knows: those with a repository and somebody on call. */
export async function readDeliverers(): Promise<Deliverer[]> {
  const known = (await readComponents()).flatMap(({ metadata, spec }) => {
    const annotations = metadata.annotations ?? {};
    const repository = annotations['github.com/project-slug'];
    const pager = annotations['pagerduty.com/service-id'];
    return repository && pager
      ? [
          {
            name: metadata.name,
            team: spec.owner,
            repository,
            folder: annotations['waymark.io/repository-paths'] ?? '',
            pager,
          },
        ]
      : [];
  });
  return known.map(deliverer => ({
    ...deliverer,
    shared: known.some(
      ({ name, repository }) =>
        name !== deliverer.name && repository === deliverer.repository,
    ),
  }));
}
