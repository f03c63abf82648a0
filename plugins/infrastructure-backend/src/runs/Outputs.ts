import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Output } from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { Cipher } from '../encryption/Cipher';
import type { Offering } from '../offerings/Offerings';

const purposeOf = (resourceId: string, name: string) =>
  `secret:${resourceId}:${name}`;

/** Keeps what resources give: addresses in clear, secrets encrypted until somebody saw them. */
export class Outputs {
  readonly #knex: Knex;
  readonly #cipher: Cipher;

  constructor(knex: Knex, cipher: Cipher) {
    this.#knex = knex;
    this.#cipher = cipher;
  }

  /**
   * Keeps the secret ones; a new value takes the place of an older one, seen
   * or not. What the offering does not name is taken for a secret.
   *
   * @returns those that are not secret
   */
  async keep(
    tx: Knex.Transaction,
    resourceId: string,
    offering: Offering,
    values: Record<string, string>,
  ): Promise<Record<string, string>> {
    const open = new Set(
      offering.file.spec.outputs
        .filter(({ secret }) => !secret)
        .map(({ name }) => name),
    );
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
    const secrets = await this.#knex('secrets').where({
      resource_id: resourceId,
    });
    return offering.file.spec.outputs.flatMap((output): Output[] => {
      if (!output.secret) {
        const value = plain[output.name];
        return value === undefined ? [] : [{ ...output, value }];
      }
      const kept = secrets.find(({ name }) => name === output.name);
      if (!kept) return [];
      const revealed = kept.revealed_by && {
        by: kept.revealed_by,
        at: kept.revealed_at.toISOString(),
      };
      return [{ ...output, ...(revealed && { revealed }) }];
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
    const kept = await tx('secrets')
      .where({ resource_id: resourceId, name })
      .forUpdate()
      .first();
    if (!kept) {
      throw new NotFoundError(`This resource has no secret ${name}`);
    }
    if (!kept.sealed) {
      throw new ConflictError(
        `${name} was shown to ${
          kept.revealed_by
        } at ${kept.revealed_at.toISOString()} and is not kept any more; update the resource to have a new one made`,
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
    await tx('secrets').where({ resource_id: resourceId }).delete();
  }
}
