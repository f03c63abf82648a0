import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { useDatabases, type Databases } from './useDatabases';

/**
 * What the tests of a plugin have for its tables.
 *
 * @param name - the plugin's package, with its migrations in `migrations`
 */
export function databasesOf(name: string): {
  /** Where its migrations are. */
  migrations: string;
  /** Databases with its tables, for the tests of a file. */
  useDatabases(): Databases;
} {
  const migrations = resolvePackagePath(name, 'migrations');
  return { migrations, useDatabases: () => useDatabases(migrations) };
}
