import type {
  RequestsQuery,
  ResourcesQuery,
} from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { ResourceRow } from '../requests/records';
import {
  requestColumns,
  resourceColumns,
  type ListedRequest,
  type ListedResource,
} from './summaries';

/** A page of rows, and how many there are on all pages. */
type Listed<T> = { rows: T[]; total: number };

/** Requests `q` with what of their resources `r` is told of with them. */
export function requestsWithResources(knex: Knex) {
  return knex('requests as q')
    .join('resources as r', 'r.id', 'q.resource_id')
    .select(...requestColumns);
}

/** Those that wait for somebody, or for whom they stand in, and who has not decided. */
function whatWaitsFor(
  requests: Knex.QueryBuilder,
  { ref, delegators }: { ref: string; delegators: string[] },
): void {
  requests
    .where('q.state', 'pendingApproval')
    .whereNot('q.requested_by', ref)
    .whereRaw(
      `exists (
        select from jsonb_path_query(q.decision, '$.approvers[*].people[*]') as person
        where person #>> '{}' = any(?) and person #>> '{}' <> q.requested_by
      )`,
      [[ref, ...delegators]],
    )
    .whereRaw(
      `not exists (
        select from approvals a join plans p on p.hash = a.plan_hash
        where a.request_id = q.id and p.id = q.plan_id and a.by_ref = ?
      )`,
      [ref],
    );
}

/**
 * A page of requests, newest first.
 *
 * @param by - who looks, and for whom they stand in
 */
export async function listRequests(
  knex: Knex,
  query: RequestsQuery,
  by: { ref: string; delegators: string[] },
): Promise<Listed<ListedRequest>> {
  const { view, state, owner, resource, limit = 50, offset = 0 } = query;
  const found = requestsWithResources(knex).modify(rows => {
    if (state?.length) rows.whereIn('q.state', state);
    if (owner) rows.where('r.owner_ref', owner);
    if (resource) rows.where('q.resource_id', resource);
    if (view === 'mine') rows.where('q.requested_by', by.ref);
    if (view === 'approvals') whatWaitsFor(rows, by);
  });
  const [[{ total }], rows] = await Promise.all([
    found.clone().clearSelect().count({ total: '*' }),
    found
      .clone()
      .orderBy([
        { column: 'q.created_at', order: 'desc' },
        { column: 'q.id', order: 'desc' },
      ])
      .limit(limit)
      .offset(offset),
  ]);
  return { rows, total: Number(total) };
}

/** A page of resources, newest first. */
export async function listResources(
  knex: Knex,
  query: ResourcesQuery,
): Promise<Listed<ListedResource>> {
  const { limit = 50, offset = 0, state, owner, component } = query;
  const found = knex<ResourceRow>('resources').modify(rows => {
    if (owner) rows.where({ owner_ref: owner });
    if (component) rows.where({ component_ref: component });
    if (query.environment) rows.where({ environment: query.environment });
    if (query.offering) rows.where({ offering: query.offering });
    if (state?.length) rows.whereIn('state', state);
    else rows.whereNotIn('state', ['withdrawn', 'destroyed']);
  });
  const [[{ total }], rows] = await Promise.all([
    found.clone().count({ total: '*' }),
    found
      .clone()
      .select<ListedResource[]>(...resourceColumns)
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit)
      .offset(offset),
  ]);
  return { rows, total: Number(total) };
}
