import {
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { JsonObject } from '@backstage/types';
import type {
  Adoption,
  AdoptionRequest,
} from '@waymark/plugin-golden-paths-common';
import {
  prepareAdoption,
  type Adoption as Prepared,
  type Release,
} from '@waymark/plugin-golden-paths-node';
import {
  claimOf,
  openRepositoryOf,
  type Author,
  type RepositoryHost,
  type WorkingCopy,
} from '@waymark/plugin-repositories-node';
import { callerName } from '@waymark/plugin-authorization-node';
import type { Caller } from '../caller';
import type { Releases } from '../releases/Releases';
import type { UpgradeStore } from '../upgrades/UpgradeStore';
import type { Adoptions } from './Adoptions';

/** Puts the rendering of a golden path beside what a repository holds. */
export class DefaultAdoptions implements Adoptions {
  readonly #options: AdoptionsOptions;

  private constructor(options: AdoptionsOptions) {
    this.#options = options;
  }

  static create(options: AdoptionsOptions): DefaultAdoptions {
    return new DefaultAdoptions(options);
  }

  preview(request: AdoptionRequest, caller: Caller): Promise<Adoption> {
    return this.#prepare(request, caller, async () => undefined);
  }

  adopt(request: AdoptionRequest, caller: Caller): Promise<Adoption> {
    const { host, store } = this.#options;
    return this.#prepare(request, caller, async (copy, name, prepared) => {
      const { branch, title, summary, moves } = prepared;
      if (moves.length > 0) await copy.publish(moves);
      const proposalUrl = await host.propose({
        name,
        branch,
        into: copy.defaultBranch,
        title,
        body: summary,
      });
      // Whether or not it was published now: what came before may have been interrupted.
      await store.addAdoption({
        entity_ref: stringifyEntityRef(parseEntityRef(request.entityRef)),
        repository: name,
        template: prepared.template,
        from_version: '',
        to_version: prepared.version,
        answers: (request.answers ?? {}) as JsonObject,
        asked_by: callerName(caller.credentials),
        head: prepared.head,
        branch,
        commit: prepared.commit,
        proposal_url: proposalUrl ?? null,
        summary,
        changes: prepared.changes,
        conflicts: [],
        merged_by: null,
      });
      return proposalUrl;
    });
  }

  async #prepare(
    request: AdoptionRequest,
    { credentials }: Caller,
    publish: (
      copy: WorkingCopy,
      repository: string,
      prepared: Prepared,
    ) => Promise<string | undefined>,
  ): Promise<Adoption> {
    const { catalog, host, releases, author, portalUrl } = this.#options;
    const entity = await catalog.getEntityByRef(
      parseEntityRef(request.entityRef),
      { credentials },
    );
    if (!entity) {
      throw new NotFoundError(`The catalog has no entity ${request.entityRef}`);
    }
    const release = await releases.current(request.template);
    const { repository, copy, catalogFile } = await openRepositoryOf(
      host,
      claimOf(entity),
    );
    try {
      const { kind, metadata } = entity;
      const { repositoryUrl } = host.urlsFor({
        name: repository,
        defaultBranch: copy.defaultBranch,
      });
      const prepared = await prepareAdoption(copy, {
        when: new Date(),
        author,
        portalUrl,
        release,
        answers: answersFor(entity, release, request.answers as JsonObject),
        entity: {
          kind,
          namespace: metadata.namespace ?? 'default',
          name: metadata.name,
        },
        catalogInfoPath: catalogFile,
      });
      const proposalUrl = await publish(copy, repository, prepared);
      const { template, version, branch, title, summary } = prepared;
      const { changes, differing, blocked } = prepared;
      return {
        entityRef: stringifyEntityRef(entity),
        repository,
        repositoryUrl,
        template,
        version,
        branch,
        title,
        summary,
        changes,
        differing,
        blocked,
        ...(proposalUrl ? { proposalUrl } : {}),
      };
    } finally {
      await copy.close();
    }
  }
}

/**
 * What the template asks, as far as the catalog knows it of the component; what
 * is given counts more.
 *
 * @throws InputError when an answer is given that the template does not ask for
 */
function answersFor(
  { metadata, spec, relations = [] }: Entity,
  release: Release,
  given: JsonObject = {},
): JsonObject {
  const unasked = Object.keys(given).filter(name => !release.answers[name]);
  if (unasked.length > 0) {
    throw new InputError(
      `${release.template} does not ask for: ${unasked.join(
        ', ',
      )}. It asks for: ${Object.keys(release.answers).join(', ')}`,
    );
  }
  const related = (type: string, kind: string) =>
    relations.find(
      relation =>
        relation.type === type &&
        parseEntityRef(relation.targetRef).kind === kind,
    )?.targetRef;
  const known: Record<string, string | undefined> = {
    name: metadata.name,
    description: metadata.description,
    owner:
      relations.find(({ type }) => type === RELATION_OWNED_BY)?.targetRef ??
      (typeof spec?.owner === 'string' ? spec.owner : undefined),
    system: related(RELATION_PART_OF, 'system'),
  };
  return {
    ...Object.fromEntries(
      Object.entries(known).filter(([, value]) => value !== undefined),
    ),
    ...given,
  };
}

type AdoptionsOptions = {
  catalog: CatalogService;
  releases: Pick<Releases, 'current'>;
  store: UpgradeStore;
  host: Pick<RepositoryHost, 'open' | 'propose' | 'urlsFor'>;
  /** Whom the commits are by. */
  author: Author;
  /** Where the portal is. */
  portalUrl: string;
};
