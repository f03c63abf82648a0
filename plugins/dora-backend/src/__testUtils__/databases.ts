import { databasesOf } from '@waymark/plugin-testing-node';

export const { migrations, useDatabases } = databasesOf(
  '@waymark/plugin-dora-backend',
);
