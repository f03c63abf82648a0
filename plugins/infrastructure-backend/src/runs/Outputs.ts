import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Output } from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { Cipher } from '../encryption/Cipher';
import type { Offering } from '../offerings/Offerings';
import type { ResourceRow } from '../requests/records';
import type { Destination, SinkRules } from './SinkRules';

const purposeOf = (resourceId: string, name: string) =>
  `secret:${resourceId}:${name}`;

/** A secret as the database has it. */
export type SecretRow = {
  resource_id: string;
  name: string;
  /** Null once somebody has it who keeps it. */
  sealed: Buffer | null;
  revealed_by: string | null;
  revealed_at: Date | null;
  /** What keeps it instead of the portal. */
  sink: Destination | null;
  removing: boolean;
  delivered_to: string | null;
  delivered_at: Date | null;
  delivery_error: string | null;
};

/** Keeps what resources give: addresses in clear, secrets encrypted until somebody saw them. */
export class Outputs {
  readonly #knex: Knex;
  readonly #cipher: Cipher;

  readonly #rules: SinkRules;

  constructor(knex: Knex, cipher: Cipher, rules: SinkRules) {
    this.#knex = knex;
    this.#cipher = cipher;
    this.#rules = rules;
  }

  /**
   * Keeps the secret ones; a new value takes the place of an older one, seen
   * or not. What the offering does not name is taken for a secret.
   *
   * @returns those that are not secret
   */
  async keep(
    tx: Knex.Transaction,
    resource: ResourceRow,
    offering: Offering,
    values: Record<string, string>,
  ): Promise<Record<string, string>> {
    const open = new Set(
      offering.file.spec.outputs
        .filter(({ secret }) => !secret)
        .map(({ name }) => name),
    );
    const { id: resourceId } = resource;
    const sink = this.#rules.of(resource);
    const plain: Record<string, string> = {};
    for (const [name, value] of Object.entries(values)) {
      if (open.has(name)) {
        plain[name] = value;
      } else {
        await tx('secrets')
          .insert({
            resource_id: resourceId,
            name,
            sealed: this.#cipher.encrypt(
              Buffer.from(value),
              purposeOf(resourceId, name),
            ),
            revealed_by: null,
            revealed_at: null,
            sink: sink ? JSON.stringify(sink) : null,
            removing: false,
            delivered_to: null,
            delivered_at: null,
            delivery_error: null,
          })
          .onConflict(['resource_id', 'name'])
          .merge();
      }
    }
    return plain;
  }

  /** What a resource gives, secrets without their values. */
  async describe(
    resourceId: string,
    offering: Offering,
    plain: Record<string, string>,
  ): Promise<Output[]> {
    const secrets = await this.#knex<SecretRow>('secrets').where({
      resource_id: resourceId,
    });
    return offering.file.spec.outputs.flatMap((output): Output[] => {
      if (!output.secret) {
        const value = plain[output.name];
        return value === undefined ? [] : [{ ...output, value }];
      }
      const kept = secrets.find(({ name }) => name === output.name);
      if (!kept) return [];
      return [{ ...output, ...whereaboutsOf(kept) }];
    });
  }

  /**
   * Shows a secret and forgets it.
   *
   * @throws NotFoundError; ConflictError that says who saw it
   */
  async reveal(
    tx: Knex.Transaction,
    resourceId: string,
    name: string,
    by: string,
  ): Promise<string> {
    const kept = await tx<SecretRow>('secrets')
      .where({ resource_id: resourceId, name })
      .forUpdate()
      .first();
    if (!kept) {
      throw new NotFoundError(`This resource has no secret ${name}`);
    }
    if (kept.sink) {
      throw new ConflictError(
        kept.delivered_to
          ? `${name} is in ${kept.delivered_to}, and not kept here`
          : `${name} is on its way to ${kept.sink.sink}, and is not shown here`,
      );
    }
    if (!kept.sealed) {
      throw new ConflictError(
        `${name} was shown to ${
          kept.revealed_by
        } at ${kept.revealed_at?.toISOString()} and is not kept any more; update the resource to have a new one made`,
      );
    }
    await tx('secrets').where({ resource_id: resourceId, name }).update({
      sealed: null,
      revealed_by: by,
      revealed_at: tx.fn.now(),
    });
    return this.#cipher
      .decrypt(kept.sealed, purposeOf(resourceId, name))
      .toString();
  }

  /** Forgets the secrets of a resource that is no more. */
  async forget(tx: Knex.Transaction, resourceId: string): Promise<void> {
    await tx<SecretRow>('secrets')
      .where({ resource_id: resourceId })
      .whereNotNull('sink')
      .update({ sealed: null, removing: true });
    await tx('secrets').where({ resource_id: resourceId, sink: null }).delete();
  }

  /** The resources whose secrets wait to be delivered, or removed. */
  async undelivered(resourceId?: string): Promise<string[]> {
    const rows = await this.#knex<SecretRow>('secrets')
      .whereNotNull('sink')
      .where(either => either.whereNotNull('sealed').orWhere('removing', true))
      .modify(all => {
        if (resourceId) all.where({ resource_id: resourceId });
      })
      .distinct('resource_id');
    return rows.map(row => row.resource_id);
  }

  /** The secrets of a resource that wait for that. */
  async waiting(resourceId: string): Promise<SecretRow[]> {
    return this.#knex<SecretRow>('secrets')
      .where({ resource_id: resourceId })
      .whereNotNull('sink')
      .where(either => either.whereNotNull('sealed').orWhere('removing', true))
      .orderBy('name');
  }

  /** What is in secrets, for a sink. */
  open(rows: SecretRow[]): Record<string, string> {
    return Object.fromEntries(
      rows.flatMap(({ name, resource_id: resourceId, sealed }) =>
        sealed
          ? [
              [
                name,
                this.#cipher
                  .decrypt(sealed, purposeOf(resourceId, name))
                  .toString(),
              ],
            ]
          : [],
      ),
    );
  }

  /** Forgets what a sink keeps now, and nothing that came meanwhile. */
  async endDelivery(
    tx: Knex.Transaction,
    rows: SecretRow[],
    place: string | undefined,
  ): Promise<void> {
    for (const { name, removing, resource_id, sealed } of rows) {
      const row = tx<SecretRow>('secrets').where({ resource_id, name });
      if (removing) await row.where({ removing }).delete();
      else
        await row.where({ sealed, removing }).update({
          sealed: null,
          delivered_to: place,
          delivered_at: tx.fn.now() as never,
          delivery_error: null,
        });
    }
  }

  async noteDeliveryError(resourceId: string, message: string): Promise<void> {
    await this.#knex<SecretRow>('secrets')
      .where({ resource_id: resourceId })
      .whereNotNull('sink')
      .update({ delivery_error: message });
  }
}

/** Who has a secret, for people. */
function whereaboutsOf(
  kept: SecretRow,
): Pick<Output, 'revealed' | 'delivered' | 'delivering'> {
  const { revealed_by: by, revealed_at: seen } = kept;
  const {
    delivered_to: to,
    delivered_at: brought,
    delivery_error: error,
  } = kept;
  if (by && seen) return { revealed: { by, at: seen.toISOString() } };
  if (to && brought) return { delivered: { to, at: brought.toISOString() } };
  return kept.sink
    ? { delivering: { to: kept.sink.sink, ...(error && { error }) } }
    : {};
}
