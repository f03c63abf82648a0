import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  useDatabases as useMigrated,
  type Databases,
} from '@waymark/plugin-testing-node';

/** Where the migrations of the plugin are. */
export const migrations = resolvePackagePath(
  '@waymark/plugin-golden-paths-backend',
  'migrations',
);

/** Databases with the tables of the plugin, for the tests of a file. */
export const useDatabases = (): Databases => useMigrated(migrations);
