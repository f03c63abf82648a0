import { InputError } from '@backstage/errors';
import type { Existing } from '@waymark/plugin-infrastructure-node';

/** What a resource's things are called on the server. */
export type Names = {
  database: string;
  /** Owns the database and everything in it; nobody logs in with it. */
  owner: string;
  /** What a service logs in with. */
  login: string;
};

/** PostgreSQL cuts longer names off, and two of them could become one. */
const mostBytes = 63;
const part = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;

/**
 * The names of a resource's things. The underscore that joins the parts occurs
 * in neither, so no two resources share a name.
 *
 * @throws InputError when the name or the environment cannot be part of one
 */
export function namesOf(resource: {
  name: string;
  environment: string;
  existing?: Existing[];
}): Names {
  const known = (address: keyof Names) =>
    resource.existing?.find(existing => existing.address === address)?.id;
  for (const [what, value] of [
    ['name', resource.name],
    ['environment', resource.environment],
  ]) {
    if (!part.test(value)) {
      throw new InputError(
        `The ${what} "${value}" cannot be part of a database's name. Use lower case letters, digits and dashes, beginning with a letter.`,
      );
    }
  }
  const database = `${resource.name}_${resource.environment}`;
  const owner = `${database}_owner`;
  if (owner.length > mostBytes) {
    throw new InputError(
      `The name "${resource.name}" is too long for PostgreSQL: in ${
        resource.environment
      } it may have ${
        mostBytes - owner.length + resource.name.length
      } characters, and has ${resource.name.length}. Choose a shorter one.`,
    );
  }
  return {
    database: known('database') ?? database,
    owner: known('owner') ?? owner,
    login: known('login') ?? database,
  };
}
