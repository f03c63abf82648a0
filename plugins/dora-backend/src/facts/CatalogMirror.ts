import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { SourceRegistry } from '../ingest/SourceRegistry';
import { adoptUnmatched } from './adoptUnmatched';
import { movePlacements } from './movePlacements';
import type { ServiceDirectory } from './ServiceDirectory';

const kinds = ['component', 'system', 'domain', 'group'];

/** Which folders of its repository are an entity's own, such as `services/orders/`. */
const foldersAnnotation = 'waymark.io/repository-paths';

type Mirrored = {
  ref: string;
  kind: string;
  name: string;
  title: string;
  owner_ref: string | null;
  parent_ref: string | null;
  keys: { annotation: string; value: string; paths: string[] }[];
};

/** By kind, what it is part of; a component may also be part of another component. */
const parents: Record<string, { relation: string; kind: string }> = {
  component: { relation: RELATION_PART_OF, kind: 'system' },
  system: { relation: RELATION_PART_OF, kind: 'domain' },
  domain: { relation: RELATION_PART_OF, kind: 'domain' },
  group: { relation: RELATION_CHILD_OF, kind: 'group' },
};

function related(
  entity: Entity,
  wanted: { relation: string; kind?: string } | undefined,
): string | null {
  const found = entity.relations?.find(
    ({ type, targetRef }) =>
      type === wanted?.relation &&
      targetRef.startsWith(wanted.kind ? `${wanted.kind}:` : ''),
  );
  return found?.targetRef ?? null;
}

function mirrored(entity: Entity, matching: string[]): Mirrored {
  const annotations = entity.metadata.annotations ?? {};
  const profile = entity.spec?.profile;
  const displayName =
    typeof profile === 'object' && profile && 'displayName' in profile
      ? profile.displayName
      : undefined;
  return {
    ref: stringifyEntityRef(entity),
    kind: entity.kind.toLowerCase(),
    name: entity.metadata.name,
    title: String(entity.metadata.title ?? displayName ?? entity.metadata.name),
    owner_ref: related(entity, { relation: RELATION_OWNED_BY }),
    parent_ref: related(entity, parents[entity.kind.toLowerCase()]),
    keys: matching.flatMap(annotation =>
      annotations[annotation]
        ? [
            {
              annotation,
              value: annotations[annotation].toLowerCase(),
              paths: (annotations[foldersAnnotation] ?? '')
                .split(',')
                .map(path => path.trim().replace(/^\.?\/|\/+$/g, ''))
                .filter(Boolean),
            },
          ]
        : [],
    ),
  };
}

/**
 * Keeps the part of the catalog at hand that deliveries are matched and
 * rolled up by. Matching asks it hundreds of times a second, which the
 * catalog is not made for.
 */
export class CatalogMirror {
  readonly #knex: Knex;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #directory: ServiceDirectory;
  readonly #sources: SourceRegistry;
  readonly #logger: LoggerService;

  private constructor(options: CatalogMirrorOptions) {
    this.#knex = options.knex;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#directory = options.directory;
    this.#sources = options.sources;
    this.#logger = options.logger;
  }

  static create(options: CatalogMirrorOptions): CatalogMirror {
    return new CatalogMirror(options);
  }

  /**
   * Takes over what the catalog says now. Components that changed hands get a
   * new place from now on; facts that waited for a component find it.
   */
  async sync(): Promise<void> {
    const entities = await this.#read();
    await this.#knex.transaction(async tx => {
      // Replicas take turns.
      await tx.raw(`select pg_advisory_xact_lock(hashtext('dora.catalog'))`);
      await this.#write(tx, entities);
      await movePlacements(tx);
      const adopted = await adoptUnmatched(tx);
      if (adopted > 0) {
        this.#logger.info(
          `${adopted} names in deliveries belong to catalog entities now`,
        );
      }
    });
    this.#directory.forget();
  }

  async #read(): Promise<Mirrored[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const pages = this.#catalog.streamEntities(
      {
        filter: { kind: kinds },
        fields: [
          'kind',
          'metadata.namespace',
          'metadata.name',
          'metadata.title',
          'metadata.annotations',
          'spec.profile.displayName',
          'relations',
        ],
      },
      { credentials },
    );
    const found: Mirrored[] = [];
    const matching = this.#sources.annotations();
    for await (const page of pages) {
      found.push(...page.map(entity => mirrored(entity, matching)));
    }
    return found;
  }

  async #write(tx: Knex, entities: Mirrored[]): Promise<void> {
    const rows = JSON.stringify(entities);
    await tx.raw(
      `delete from entities where ref not in (
        select ref from jsonb_to_recordset(?::jsonb) as r(ref text))`,
      [rows],
    );
    await tx.raw(
      `insert into entities (ref, kind, name, title, owner_ref, parent_ref)
        select ref, kind, name, title, owner_ref, parent_ref
        from jsonb_to_recordset(?::jsonb) as r(ref text, kind text, name text,
          title text, owner_ref text, parent_ref text)
        on conflict (ref) do update set title = excluded.title,
          owner_ref = excluded.owner_ref, parent_ref = excluded.parent_ref
        where (entities.title, entities.owner_ref, entities.parent_ref)
          is distinct from (excluded.title, excluded.owner_ref, excluded.parent_ref)`,
      [rows],
    );
    await tx.raw(
      `with said as (
          select r.ref, k.annotation, k.value,
            array(select jsonb_array_elements_text(k.paths)) as paths
          from jsonb_to_recordset(?::jsonb) as r(ref text, keys jsonb)
          cross join lateral jsonb_to_recordset(r.keys)
            as k(annotation text, value text, paths jsonb)
        ),
        gone as (
          delete from entity_keys e where not exists (
            select 1 from said s where s.ref = e.entity_ref
              and s.annotation = e.annotation and s.value = e.value)
        )
        insert into entity_keys (annotation, value, entity_ref, paths)
        select annotation, value, ref, paths from said
        on conflict (annotation, value, entity_ref) do update set paths = excluded.paths`,
      [rows],
    );
  }
}

type CatalogMirrorOptions = {
  knex: Knex;
  catalog: CatalogService;
  auth: AuthService;
  directory: ServiceDirectory;
  /** They say by which annotations entities are matched. */
  sources: SourceRegistry;
  logger: LoggerService;
};
