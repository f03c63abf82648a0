import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  isSettled,
  next,
  requestLifecycle,
  resourceLifecycle,
  type Approver,
  type Existing,
  type RequestEvent,
  type ResourceEvent,
} from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { Order, RequestRow, ResourceRow } from './records';

/** An error code of PostgreSQL, and the index it names. */
type Violation = { code?: string; constraint?: string };

/** Columns of resources that hold JSON. */
const inJson = new Set([
  'accepted_drift',
  'drift',
  'existing',
  'outputs',
  'parameters',
  'tags',
]);

/** States in which a request is under way; the index `requests_open` has the same. */
const openStates = [
  ...new Set(requestLifecycle.map(({ from }) => from)),
].filter(state => !isSettled(state));

function explain(error: unknown, resource: string): unknown {
  const { code, constraint } = (error ?? {}) as Violation;
  if (code !== '23505') return error;
  if (constraint === 'requests_open') {
    return new ConflictError(
      `Another request for ${resource} is under way; wait for it or cancel it first`,
    );
  }
  if (constraint === 'resources_name') {
    return new ConflictError(
      `There is a resource ${resource} of this offering in this environment already; choose another name`,
    );
  }
  return error;
}

/** Keeps requests and their resources, and moves them along their life cycles and no other way. */
export class RequestStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Adds a request, and the resource when it is a new one.
   *
   * @returns the request with its resource, which nobody else moves until the transaction ends
   */
  async add(
    tx: Knex.Transaction,
    order: {
      request: Partial<RequestRow> & { id: string };
      resource: Pick<ResourceRow, 'id' | 'name'>;
      newResource?: Partial<ResourceRow>;
    },
  ): Promise<Order> {
    const { request, resource, newResource } = order;
    try {
      const made = newResource && (await this.#addResource(tx, newResource));
      const [added] = await tx('requests')
        .insert({
          ...request,
          resource_id: resource.id,
          parameters: JSON.stringify(request.parameters),
          change: JSON.stringify(request.change ?? {}),
          decision: request.decision && JSON.stringify(request.decision),
        })
        .returning<RequestRow[]>('*');
      return {
        request: added,
        resource: made ?? (await this.lockResource(tx, resource.id)),
      };
    } catch (error) {
      throw explain(error, resource.name);
    }
  }

  async #addResource(
    tx: Knex.Transaction,
    resource: Partial<ResourceRow>,
  ): Promise<ResourceRow> {
    const [added] = await tx('resources')
      .insert({
        ...resource,
        parameters: JSON.stringify(resource.parameters),
        tags: JSON.stringify(resource.tags),
        existing: resource.existing ? JSON.stringify(resource.existing) : null,
      })
      .returning<ResourceRow[]>('*');
    return added;
  }

  /** @throws NotFoundError */
  async resource(id: string, tx: Knex = this.#knex): Promise<ResourceRow> {
    const row = await tx<ResourceRow>('resources').where({ id }).first();
    if (!row) throw new NotFoundError(`There is no resource ${id}`);
    return row;
  }

  /** The living resource that knows one of these things as its own, among those of offerings with the engine. */
  async holderOf(
    existing: Existing[],
    offerings: string[],
  ): Promise<Pick<ResourceRow, 'id' | 'name'> | undefined> {
    return this.#living()
      .whereIn('offering', offerings)
      .whereRaw(
        `exists (
          select from jsonb_array_elements(existing) own
          where own in (select jsonb_array_elements(?::jsonb))
        )`,
        [JSON.stringify(existing)],
      )
      .first('id', 'name');
  }

  /** Ids among these of resources that did not end. */
  async livingOf(ids: string[]): Promise<Set<string>> {
    const rows = await this.#living().whereIn('id', ids).select('id');
    return new Set(rows.map(({ id }) => id));
  }

  /** Records among these ids, also of what has ended. */
  async resources(ids: string[]): Promise<ResourceRow[]> {
    return this.#knex<ResourceRow>('resources').whereIn('id', ids);
  }

  /** Living resources of which nothing was found. */
  async gone(): Promise<ResourceRow[]> {
    return this.#living().where({ gone: true }).orderBy('name').select('*');
  }

  #living() {
    return this.#knex<ResourceRow>('resources').whereNotIn('state', [
      'destroyed',
      'withdrawn',
    ]);
  }

  /** Whether another request for the same resource is under way. */
  async isOvertaken(
    { id, resource_id }: Pick<RequestRow, 'id' | 'resource_id'>,
    tx: Knex = this.#knex,
  ): Promise<boolean> {
    const other = await tx<RequestRow>('requests')
      .where({ resource_id })
      .whereNot({ id })
      .whereIn('state', openStates)
      .first('id');
    return other !== undefined;
  }

  /** @throws NotFoundError */
  async order(id: string): Promise<Order> {
    const [request, resource] = await Promise.all([
      this.#knex<RequestRow>('requests').where({ id }).first(),
      this.#knex<ResourceRow>('resources')
        .whereIn(
          'id',
          this.#knex('requests').where({ id }).select('resource_id'),
        )
        .first(),
    ]);
    if (!request || !resource) {
      throw new NotFoundError(`There is no request ${id}`);
    }
    return { request, resource };
  }

  /** The same, so that nobody else moves it until the transaction ends. */
  async lock(tx: Knex.Transaction, id: string): Promise<Order> {
    const request = await tx<RequestRow>('requests')
      .where({ id })
      .forUpdate()
      .first();
    if (!request) throw new NotFoundError(`There is no request ${id}`);
    const resource = await tx<ResourceRow>('resources')
      .where({ id: request.resource_id })
      .forUpdate()
      .first();
    return { request, resource: resource as ResourceRow };
  }

  /**
   * Moves a locked request to where events lead, one after the other; nobody
   * sees it on the way.
   *
   * @throws ConflictError when one of them cannot happen in its state
   */
  async move(
    tx: Knex.Transaction,
    { request, resource }: Order,
    events: RequestEvent | RequestEvent[],
    patch: Partial<RequestRow> = {},
  ): Promise<Order> {
    const state = [events].flat().reduce((from, event) => {
      const to = next(requestLifecycle, from, event);
      if (to) return to;
      throw new ConflictError(
        `Request ${request.id} is ${from}; "${event}" is not possible now`,
      );
    }, request.state);
    try {
      const [moved] = await tx<RequestRow>('requests')
        .where({ id: request.id })
        .update({
          ...patch,
          decision: patch.decision && (JSON.stringify(patch.decision) as never),
          state,
          changed_at: tx.fn.now() as never,
        })
        .returning('*');
      return { request: moved, resource };
    } catch (error) {
      throw explain(error, resource.name);
    }
  }

  /** Writes who may approve a locked request that waits; it stays where it is. */
  async appoint(
    tx: Knex.Transaction,
    { id, decision }: Pick<RequestRow, 'id' | 'decision'>,
    approvers: Approver[],
  ): Promise<void> {
    await tx('requests')
      .where({ id })
      .update({ decision: JSON.stringify({ ...decision, approvers }) });
  }

  /** The resource, so that nobody else moves it until the transaction ends. @throws NotFoundError */
  async lockResource(tx: Knex.Transaction, id: string): Promise<ResourceRow> {
    const row = await tx<ResourceRow>('resources')
      .where({ id })
      .forUpdate()
      .first();
    if (!row) throw new NotFoundError(`There is no resource ${id}`);
    return row;
  }

  /** Moves the resource of a locked request; what changes with it comes in `patch`. */
  async moveResource(
    tx: Knex.Transaction,
    { request, resource }: Order,
    event: ResourceEvent,
    patch: Partial<ResourceRow> = {},
  ): Promise<Order> {
    return {
      request,
      resource: await this.moveResourceAlone(tx, resource, event, patch),
    };
  }

  /** Moves a locked resource that no request is about. */
  async moveResourceAlone(
    tx: Knex.Transaction,
    resource: ResourceRow,
    event: ResourceEvent,
    patch: Partial<ResourceRow> = {},
  ): Promise<ResourceRow> {
    const state = next(resourceLifecycle, resource.state, event);
    if (!state) {
      throw new ConflictError(
        `Resource ${resource.name} is ${resource.state}; "${event}" is not possible now`,
      );
    }
    const asText = Object.fromEntries(
      Object.entries(patch)
        .filter(([column, value]) => inJson.has(column) && value)
        .map(([column, value]) => [column, JSON.stringify(value)]),
    );
    const [moved] = await tx<ResourceRow>('resources')
      .where({ id: resource.id })
      .update({
        ...patch,
        ...asText,
        state,
        changed_at: tx.fn.now() as never,
      })
      .returning('*');
    return moved;
  }
}
