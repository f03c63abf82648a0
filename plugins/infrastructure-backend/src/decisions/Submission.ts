import { ConflictError, InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  DataClass,
  NewRequest,
  Problem,
  Wish,
} from '@waymark/plugin-infrastructure-common';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { randomUUID } from 'node:crypto';
import type { InfrastructureSettings } from '../config';
import type { Offering, Offerings } from '../offerings/Offerings';
import type { Actor, Caller } from '../requests/people';
import type { ResourceRow } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import { entityRefOf, tagsOf } from './cases';
import type { Case } from './Judge';
import { problemsOf } from './wishes';

/** A request that is in order and could be stored. */
export type Prepared = {
  requestId: string;
  offering: Offering;
  case: Case;
  /** Absent for a new one. */
  resource?: ResourceRow;
  timeToLiveDays?: number;
  reason?: string;
};

/** What is wanted, as far as it is said. */
type Wanted = Omit<NewRequest, 'kind' | 'offering'>;

/** Turns what somebody filled in into a case, or says what is not right about it. */
export class Submission {
  readonly #offerings: Offerings;
  readonly #requests: RequestStore;
  readonly #catalog: CatalogService;
  readonly #settings: InfrastructureSettings;

  constructor(options: {
    offerings: Offerings;
    requests: RequestStore;
    catalog: CatalogService;
    settings: InfrastructureSettings;
  }) {
    this.#offerings = options.offerings;
    this.#requests = options.requests;
    this.#catalog = options.catalog;
    this.#settings = options.settings;
  }

  /** A wish as a form holds it, with what is not right yet. */
  async look(
    offeringName: string,
    wish: Wish,
    by: Actor,
    caller: Caller,
  ): Promise<{ problems: Problem[]; prepared?: Prepared }> {
    return wish.resourceId
      ? this.#ofResource('update', wish.resourceId, wish, by)
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
    if (kind === 'create') {
      if (resourceId) {
        throw new InputError(
          'resourceId is for an update or a destroy; a new resource has none yet',
        );
      }
      if (!offering) throw new InputError('offering is needed');
      return this.#ofNew(offering, wanted, by, caller);
    }
    if (!resourceId) throw new InputError('resourceId is needed');
    return this.#ofResource(kind, resourceId, wanted, by);
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
    if (problems.length === 0) {
      problems.push(...(await this.#unknown(wanted, caller)));
    }
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
          tags: tagsOf({ owner, component, environment, dataClass, requestId }),
        },
      },
    };
  }

  async #ofResource(
    kind: 'update' | 'destroy',
    resourceId: string,
    wanted: Wanted,
    by: Actor,
  ): Promise<{ problems: Problem[]; prepared?: Prepared }> {
    const resource = await this.#requests.resource(resourceId);
    if (['destroyed', 'withdrawn'].includes(resource.state)) {
      throw new ConflictError(
        `${resource.name} is ${resource.state}; ask for a new one`,
      );
    }
    const offering = this.#offerings.get(resource.offering);
    // The end of a resource needs no parameters, and must not fail on a form that changed since.
    const { parameters, problems } =
      kind === 'destroy'
        ? { parameters: resource.parameters, problems: [] }
        : offering.check({
            ...resource.parameters,
            ...(wanted.parameters as JsonObject | undefined),
          });
    if (problems.length > 0) return { problems };
    return {
      problems,
      prepared: {
        requestId: randomUUID(),
        offering,
        resource,
        timeToLiveDays: wanted.timeToLiveDays,
        reason: wanted.reason,
        case: {
          kind,
          offering,
          resourceId,
          entityRef: entityRefOf(resource),
          name: resource.name,
          environment: resource.environment,
          owner: resource.owner_ref,
          ...(resource.component_ref && { component: resource.component_ref }),
          ...(resource.data_class && { dataClass: resource.data_class }),
          requestedBy: by.ref,
          parameters,
          tags: resource.tags,
          ...(resource.cost_low !== null &&
            resource.cost_high !== null && {
              costBefore: { low: resource.cost_low, high: resource.cost_high },
            }),
        },
      },
    };
  }

  /** What the catalog does not know, asked as the caller: nobody learns of what they may not see. */
  async #unknown(wanted: Wanted, caller: Caller): Promise<Problem[]> {
    const fields = (['owner', 'component'] as const).filter(
      field => wanted[field],
    );
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: fields.map(field => wanted[field] as string),
        fields: ['kind'],
      },
      caller,
    );
    return fields.flatMap((field, index) =>
      items[index]
        ? []
        : [{ field, message: `${wanted[field]} is not in the catalog` }],
    );
  }
}
