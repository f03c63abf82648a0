import path from 'node:path';
import type { Config } from '@backstage/config';
import { ConfigSources } from '@backstage/config-loader';

const root = path.resolve(__dirname, '../../../..');

async function load(file: string): Promise<Config> {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({
      argv: ['--config', path.join(root, file)],
      env: {},
      substitutionFunc: async () => 'unused',
      watch: false,
    }),
  );
  config.close();
  return config;
}

describe('development and production', () => {
  it.each([
    ['show the same pages, tabs and cards', 'app.extensions'],
    ['give programs the same actions', 'backend.actions'],
    ['let templates do the same', 'waymark.permission.actions'],
  ])('%s', async (_, section) => {
    const development = (await load('app-config.yaml')).getOptional(section);
    const production = await load('app-config.production.yaml');

    expect(development).toBeDefined();
    expect(production.getOptional(section)).toEqual(development);
  });
});
