import {
  ANNOTATION_LOCATION,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import { isMap, parseAllDocuments, type Document } from 'yaml';
import { readFiles } from '../objects';
import type { RepositoryHost, WorkingCopy } from '../RepositoryHost';
import { pathOnDefaultBranch, repositoryOf } from '../repositoryOf';

/** What the catalog says of an entity that lies in a repository. */
export type CatalogClaim = {
  /** Its reference. */
  ref: string;
  /** Whose it is. */
  owners: string[];
  /** Where the catalog read it. */
  location: string;
};

/** The repository of an entity, opened. */
export type OwnRepository = {
  /** Its name. */
  repository: string;
  copy: WorkingCopy;
  /** The path of the file that describes the entity. */
  catalogFile: string;
};

/** What the catalog says of an entity, as its repository is asked about it. */
export function claimOf(entity: Entity): CatalogClaim {
  return {
    ref: stringifyEntityRef(entity),
    owners: (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_OWNED_BY)
      .map(({ targetRef }) => targetRef),
    location: entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? '',
  };
}

/** What a document of a catalog file says of itself; nothing where that is no entity. */
function identityOf(
  document: Document,
): { ref: string; owner?: string } | null {
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const { kind, metadata, spec } = document.toJS() as {
    kind?: unknown;
    metadata?: { namespace?: unknown; name?: unknown } | null;
    spec?: { owner?: unknown } | null;
  };
  const { namespace = 'default', name } = metadata ?? {};
  if (![kind, namespace, name].every(part => part && typeof part === 'string'))
    return null;
  const ref = stringifyEntityRef({
    kind: String(kind),
    namespace: String(namespace),
    name: String(name),
  });
  const owner = spec?.owner;
  if (!owner || typeof owner !== 'string') return { ref };
  try {
    const parsed = parseEntityRef(owner, {
      defaultKind: 'group',
      defaultNamespace: String(namespace),
    });
    return { ref, owner: stringifyEntityRef(parsed) };
  } catch {
    return { ref };
  }
}

/** The document of a catalog file that describes an entity, and whose that says it is. */
export function findDescription(
  text: string,
  ref: string,
): { document: Document.Parsed; owner?: string } | undefined {
  for (const document of parseAllDocuments(text)) {
    const identity = identityOf(document);
    if (identity?.ref === ref) {
      return { document: document as Document.Parsed, owner: identity.owner };
    }
  }
  return undefined;
}

/**
 * Opens the repository of an entity, when its default branch says of the entity
 * what the catalog says. A location alone proves nothing: the catalog reads
 * every branch and every commit that a host serves, which may be somebody
 * else's proposal. Whoever opened the copy closes it.
 *
 * @throws InputError when it lies on another host than the portal's, or on another branch
 * @throws ConflictError when the file on the default branch is not of this entity, or of other owners
 * @throws NotFoundError when there is no such repository
 */
export async function openRepositoryOf(
  host: Pick<RepositoryHost, 'open' | 'urlsFor'>,
  claim: CatalogClaim,
): Promise<OwnRepository> {
  const { ref, location } = claim;
  const repository = repositoryOf(host, location);
  if (!repository) {
    throw new InputError(
      `${ref} does not lie on the repository host of this portal, so nothing can be proposed to it`,
    );
  }
  const copy = await host.open(repository);
  try {
    const { defaultBranch } = copy;
    const catalogFile = pathOnDefaultBranch(host, location, {
      name: repository,
      defaultBranch,
    });
    if (catalogFile === undefined) {
      throw new InputError(
        `The catalog reads ${ref} from another branch than the default one (${location}), so nothing can be proposed to it`,
      );
    }
    await requireDescribed(copy, catalogFile, claim);
    return { repository, copy, catalogFile };
  } catch (error) {
    await copy.close();
    throw error;
  }
}

async function requireDescribed(
  { repository, branches, defaultBranch }: WorkingCopy,
  path: string,
  { ref, owners }: CatalogClaim,
): Promise<void> {
  const head = branches.get(defaultBranch);
  const files = head && (await readFiles(repository, head, [path]));
  const text = (files && files.get(path)?.toString('utf8')) || '';
  const found = findDescription(text, ref);
  if (!found) {
    throw new ConflictError(
      `${path} on the branch ${defaultBranch} does not describe ${ref}, so nothing can be proposed to its repository. Register the entity by the file that describes it`,
    );
  }
  const { owner } = found;
  const agrees = owner ? owners.includes(owner) : owners.length === 0;
  if (!agrees) {
    throw new ConflictError(
      `${path} on the branch ${defaultBranch} says that ${ref} is of ${
        owner ?? 'nobody'
      }, and the catalog that it is of ${
        owners.join(', ') || 'nobody'
      }. Try again when the catalog has read the file anew`,
    );
  }
}
