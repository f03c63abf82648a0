import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';

/**
 * A request of Amara's for a database in production that waits for Jonas, the lead.
 *
 * @returns its id
 */
export async function addWaitingRequest(knex: Knex): Promise<string> {
  const resource = randomUUID();
  const request = randomUUID();
  await knex('resources').insert({
    id: resource,
    name: 'orders-db',
    environment: 'production',
    offering: 'thing',
    owner_ref: 'group:default/ledger',
    state: 'requested',
    parameters: '{}',
    tags: '{}',
  });
  await knex('requests').insert({
    id: request,
    resource_id: resource,
    kind: 'create',
    offering: 'thing',
    offering_version: '1.0.0',
    parameters: '{}',
    requested_by: 'user:default/amara',
    state: 'pendingApproval',
    plan_id: randomUUID(),
    cost_high: 12,
    decision: JSON.stringify({
      approvers: [
        {
          kind: 'ownerLead',
          people: ['user:default/amara', 'user:default/jonas'],
          because: [],
        },
      ],
    }),
  });
  return request;
}
