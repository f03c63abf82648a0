import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { PlannedChange } from '@waymark/plugin-infrastructure-common';
import type { Observation } from '@waymark/plugin-infrastructure-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import stableStringify from 'safe-stable-stringify';
import type { AuditTrail } from '../audit/AuditTrail';
import type { Engines, Offerings } from '../offerings/Offerings';
import type { ResourceRow } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import { requireEngine } from '../runs/orders';
import type { StateGrants } from '../state/StateGrants';

/** How often each resource is looked at. */
const every = '1 hour';
const atOnce = 20;
const patienceMs = 5 * 60_000;

/** What it would take to bring it back; undefined when it is as was asked for. */
function driftOf(
  observation: Observation,
  name: string,
): PlannedChange[] | undefined {
  switch (observation.state) {
    case 'asWanted':
      return undefined;
    case 'absent':
      return [{ action: 'create', address: name, title: 'It is gone' }];
    default:
      return observation.changes;
  }
}

const whatDiffers = ({ address, details }: PlannedChange) =>
  stableStringify({ address, details });

/** Whether all that is otherwise was accepted like that. */
function isAccepted(
  found: PlannedChange[],
  accepted: PlannedChange[] | null,
): boolean {
  const known = new Set((accepted ?? []).map(whatDiffers));
  return found.every(change => known.has(whatDiffers(change)));
}

/** Looks whether resources still are as was asked for, and says so where they are not. */
export class DriftWatch {
  readonly #parts: Parameters<typeof DriftWatch.create>[0];

  private constructor(parts: Parameters<typeof DriftWatch.create>[0]) {
    this.#parts = parts;
  }

  static create(parts: {
    knex: Knex;
    audit: AuditTrail;
    engines: Engines;
    logger: LoggerService;
    offerings: Offerings;
    requests: RequestStore;
    stateGrants: StateGrants;
  }): DriftWatch {
    return new DriftWatch(parts);
  }

  /** Looks at those that nobody looked at for the longest. */
  async look(): Promise<void> {
    const { knex, logger } = this.#parts;
    const { rows } = await knex.raw<{ rows: ResourceRow[] }>(
      `update resources set observed_at = now() where id in (
          select id from resources
          where state in ('ready', 'drifted')
            and (observed_at is null or observed_at < now() - interval '${every}')
          order by observed_at nulls first limit ${atOnce}
          for update skip locked
        )
        returning *`,
    );
    for (const resource of rows) {
      await this.#lookAt(resource).catch(error =>
        logger.warn(`${resource.name} could not be looked at: ${error}`),
      );
    }
  }

  async #lookAt(resource: ResourceRow): Promise<void> {
    const { audit, knex, requests } = this.#parts;
    const observation = await this.#observe(resource);
    const found = driftOf(observation, resource.name);
    // What was accepted is no drift, as long as it is the same.
    const observed =
      found && isAccepted(found, resource.accepted_drift) ? undefined : found;
    await knex.transaction(async tx => {
      const now = await requests.lockResource(tx, resource.id);
      const drift = observed ?? now.reported ?? undefined;
      const event = drift ? 'drift' : 'accept';
      await tx('resources')
        .where({ id: now.id })
        .update({
          drift: drift ? JSON.stringify(drift) : null,
          gone: observation.state === 'absent',
        });
      // A request that came meanwhile knows better.
      if (now.state !== (drift ? 'ready' : 'drifted')) return;
      await requests.moveResourceAlone(tx, now, event);
      await audit.append(tx, [
        {
          action: drift ? 'resource.drifted' : 'resource.asWanted',
          resource: now.id,
          detail: { changes: drift ?? [] } as unknown as JsonObject,
        },
      ]);
    });
  }

  async #observe(resource: ResourceRow): Promise<Observation> {
    const { engines, logger, offerings, stateGrants } = this.#parts;
    const offering = offerings.get(resource.offering);
    const engine = await requireEngine(engines, offering);
    const holder = randomUUID();
    try {
      return await engine.observe(
        {
          requestId: resource.tags['request-id'],
          resource: {
            id: resource.id,
            name: resource.name,
            environment: resource.environment,
            owner: resource.owner_ref,
            ...(resource.existing && { existing: resource.existing }),
          },
          settings: offering.file.spec.engine.settings,
          parameters: resource.parameters,
          tags: resource.tags,
          wanted: 'present',
        },
        {
          signal: AbortSignal.timeout(patienceMs),
          log: line => logger.debug(line),
          conceal: () => {},
          step: async title => logger.debug(title),
          state: access =>
            stateGrants.issue({ resourceId: resource.id, holder, access }),
        },
      );
    } finally {
      await stateGrants.revoke(holder);
    }
  }
}
