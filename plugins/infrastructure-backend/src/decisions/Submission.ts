import { ConflictError, InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  DataClass,
  Existing,
  NewRequest,
  Problem,
  Wish,
} from '@waymark/plugin-infrastructure-common';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { randomUUID } from 'node:crypto';
import type { InfrastructureSettings } from '../config';
import type { Engines, Offering, Offerings } from '../offerings/Offerings';
import type { Actor, Caller } from '../requests/people';
import type { Change, ResourceRow } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import { entityRefOf, tagsOf } from './cases';
import { obstacleTo, problemsOfChange, type ChangeKind } from './changes';
import type { Case } from './Judge';
import {
  surroundingFields,
  type Known,
  type Surroundings,
} from './Surroundings';
import { problemsOf } from './wishes';

/** A request that is in order and could be stored. */
export type Prepared = {
  requestId: string;
  offering: Offering;
  case: Case;
  /** Absent for a new one. */
  resource?: ResourceRow;
  change: Change;
  /** What stands there already, for an import. */
  existing?: Existing[];
  timeToLiveDays?: number;
  reason?: string;
};

/** What is wanted, as far as it is said. */
type Wanted = Omit<NewRequest, 'kind' | 'offering'>;

/** Turns what somebody filled in into a case, or says what is not right about it. */
export class Submission {
  readonly #offerings: Offerings;
  readonly #engines: Engines;
  readonly #requests: RequestStore;
  readonly #catalog: CatalogService;
  readonly #settings: InfrastructureSettings;
  readonly #surroundings: Surroundings;

  constructor(options: {
    offerings: Offerings;
    engines: Engines;
    requests: RequestStore;
    catalog: CatalogService;
    settings: InfrastructureSettings;
    surroundings: Surroundings;
  }) {
    this.#offerings = options.offerings;
    this.#engines = options.engines;
    this.#requests = options.requests;
    this.#catalog = options.catalog;
    this.#settings = options.settings;
    this.#surroundings = options.surroundings;
  }

  /** A wish as a form holds it, with what is not right yet. */
  async look(
    offeringName: string,
    wish: Wish,
    by: Actor,
    caller: Caller,
  ): Promise<{ problems: Problem[]; prepared?: Prepared }> {
    return wish.resourceId
      ? this.#ofResource('update', wish.resourceId, wish, by, caller)
      : this.#ofNew(offeringName, wish, by, caller);
  }

  /** @throws InputError that names each field that is not right; NotFoundError */
  async prepare(
    wanted: NewRequest,
    by: Actor,
    caller: Caller,
  ): Promise<Prepared> {
    const { problems, prepared } = await this.#prepare(wanted, by, caller);
    if (!prepared || problems.length > 0) {
      throw new InputError(
        problems.map(({ field, message }) => `${field} ${message}`).join('; '),
      );
    }
    return prepared;
  }

  async #prepare(wanted: NewRequest, by: Actor, caller: Caller) {
    const { kind, offering, resourceId } = wanted;
    if (kind === 'create' || kind === 'import') {
      if (resourceId) {
        throw new InputError(
          'resourceId is for what is there; a new resource has none yet',
        );
      }
      if (!offering) throw new InputError('offering is needed');
      return kind === 'create'
        ? this.#ofNew(offering, wanted, by, caller)
        : this.#ofExisting(offering, wanted, by, caller);
    }
    if (!resourceId) throw new InputError('resourceId is needed');
    return this.#ofResource(kind, resourceId, wanted, by, caller);
  }

  async #ofNew(
    offeringName: string,
    wanted: Wanted,
    by: Actor,
    caller: Caller,
  ): Promise<{ problems: Problem[]; prepared?: Prepared }> {
    const offering = this.#offerings.get(offeringName);
    const { parameters, problems: inParameters } = offering.check(
      (wanted.parameters as JsonObject | undefined) ?? {},
    );
    const problems = [
      ...problemsOf(wanted, offering, this.#settings),
      ...inParameters,
    ];
    const named =
      problems.length === 0 ? await this.#named(wanted, caller) : undefined;
    problems.push(...(named?.problems ?? []));
    const { name, environment, owner, component, dataClass } = wanted;
    if (problems.length > 0 || !name || !environment || !owner) {
      return { problems };
    }
    const requestId = randomUUID();
    return {
      problems,
      prepared: {
        requestId,
        offering,
        change: {},
        timeToLiveDays: wanted.timeToLiveDays,
        reason: wanted.reason,
        case: {
          kind: 'create',
          offering,
          resourceId: randomUUID(),
          entityRef: entityRefOf({ name, environment, offering: offeringName }),
          name,
          environment,
          owner,
          ...(component && { component }),
          ...(dataClass && { dataClass: dataClass as DataClass }),
          requestedBy: by.ref,
          parameters,
          tags: tagsOf({
            owner,
            known: await this.#surroundings.of(owner, component, named?.known),
            component,
            environment,
            dataClass,
            requestId,
          }),
        },
      },
    };
  }

  /** As for a new one, of what stands there already. */
  async #ofExisting(
    offeringName: string,
    wanted: Wanted,
    by: Actor,
    caller: Caller,
  ): Promise<{ problems: Problem[]; prepared?: Prepared }> {
    const { existing = [], markedFor } = wanted;
    const { engine: named } = this.#offerings.get(offeringName).file.spec;
    const engine = this.#engines.get(named.name);
    if (!engine?.checkExisting) {
      throw new InputError(
        `The engine ${named.name} cannot take over what was made elsewhere`,
      );
    }
    engine.checkExisting(existing, named.settings);
    const holder = await this.#requests.holderOf(
      existing,
      this.#offerings
        .all()
        .filter(({ file }) => file.spec.engine.name === named.name)
        .map(({ name }) => name),
    );
    if (holder) {
      throw new ConflictError(
        `It belongs to the resource ${holder.name} (${holder.id}) already`,
      );
    }
    if (markedFor && (await this.#requests.livingOf([markedFor])).size > 0) {
      throw new ConflictError(
        `The resource ${markedFor} lives; what carries its mark is no orphan`,
      );
    }
    const { problems, prepared } = await this.#ofNew(
      offeringName,
      wanted,
      by,
      caller,
    );
    return {
      problems,
      ...(prepared && {
        prepared: {
          ...prepared,
          existing,
          change: markedFor ? { markedFor } : {},
          case: { ...prepared.case, kind: 'import' },
        },
      }),
    };
  }

  async #ofResource(
    kind: ChangeKind,
    resourceId: string,
    wanted: Wanted,
    by: Actor,
    caller: Caller,
  ): Promise<{ problems: Problem[]; prepared?: Prepared }> {
    const resource = await this.#requests.resource(resourceId);
    const obstacle = obstacleTo(kind, resource);
    if (obstacle) throw new ConflictError(obstacle);
    const offering = this.#offerings.find(resource.offering);
    if (!offering) {
      throw new ConflictError(
        `The offering ${resource.offering}, which ${resource.name} was made of, is not part of the portal any more, so nobody knows how to change or remove it. Put its file back into the folder of offerings; keep it there, retired, as long as anything of it lives.`,
      );
    }
    // What keeps the parameters must not fail on a form that changed since.
    const { parameters, problems } =
      kind === 'update'
        ? offering.check({
            ...resource.parameters,
            ...(wanted.parameters as JsonObject | undefined),
          })
        : { parameters: resource.parameters, problems: [] };
    problems.push(
      ...problemsOfChange(kind, wanted, { resource, settings: this.#settings }),
    );
    if (problems.length === 0 && kind === 'transfer') {
      problems.push(...(await this.#named(wanted, caller)).problems);
    }
    if (problems.length > 0) return { problems };
    const change = await this.#changeOf(kind, resource, wanted);
    const owner = change.owner ?? resource.owner_ref;
    const component = change.component ?? resource.component_ref;
    return {
      problems,
      prepared: {
        requestId: randomUUID(),
        offering,
        resource,
        change,
        timeToLiveDays: wanted.timeToLiveDays,
        reason: wanted.reason,
        case: {
          kind,
          offering,
          resourceId,
          entityRef: entityRefOf(resource),
          name: resource.name,
          environment: resource.environment,
          owner,
          ...(component && { component }),
          ...(resource.data_class && { dataClass: resource.data_class }),
          requestedBy: by.ref,
          parameters,
          tags: change.tags ?? resource.tags,
          ...(resource.cost_low !== null &&
            resource.cost_high !== null && {
              costBefore: { low: resource.cost_low, high: resource.cost_high },
            }),
        },
      },
    };
  }

  /** What a request changes beside parameters. Tags follow the catalog whenever the engine is at it anyway. */
  async #changeOf(
    kind: ChangeKind,
    resource: ResourceRow,
    wanted: Wanted,
  ): Promise<Change> {
    if (kind !== 'update' && kind !== 'transfer') return {};
    const given =
      kind === 'transfer'
        ? { owner: wanted.owner, component: wanted.component }
        : {};
    const owner = given.owner ?? resource.owner_ref;
    const component = given.component ?? resource.component_ref;
    return {
      ...given,
      tags: tagsOf({
        owner,
        component,
        known: await this.#surroundings.of(owner, component),
        environment: resource.environment,
        dataClass: resource.data_class,
        requestId: resource.tags['request-id'],
      }),
    };
  }

  /**
   * What the catalog knows of owner and component, and what it does not; asked
   * as the caller: nobody learns of what they may not see.
   */
  async #named(
    { owner, component }: Wanted,
    caller: Caller,
  ): Promise<{ known: Known; problems: Problem[] }> {
    const named = Object.entries({ owner, component }).flatMap(([field, ref]) =>
      ref ? [{ field, ref }] : [],
    );
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: named.map(({ ref }) => ref), fields: surroundingFields },
      caller,
    );
    return {
      known: new Map(named.map(({ ref }, index) => [ref, items[index]])),
      problems: named
        .filter((_, index) => !items[index])
        .map(({ field, ref }) => ({
          field,
          message: `${ref} is not in the catalog`,
        })),
    };
  }
}
