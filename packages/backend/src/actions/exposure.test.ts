import path from 'node:path';
import { ConfigSources } from '@backstage/config-loader';
import { exposed, withheld } from './exposure';
import { registeredActions } from './registeredActions';

const backend = path.resolve(__dirname, '../..');

describe('the actions of the portal', () => {
  it('are each either exposed or withheld: decide where a new one belongs', () => {
    expect([...new Set(registeredActions(backend))].sort()).toEqual(
      [...exposed, ...withheld].sort(),
    );
  });

  it.each(['app-config.yaml', 'app-config.production.yaml'])(
    'are filtered in %s as the list says',
    async file => {
      const config = await ConfigSources.toConfig(
        ConfigSources.default({
          argv: ['--config', path.resolve(backend, '../..', file)],
          env: {},
          substitutionFunc: async () => 'unused',
          watch: false,
        }),
      );
      const filter = config
        .getConfigArray('backend.actions.filter.include')
        .map(rule => rule.getString('id'));
      config.close();
      expect(filter).toEqual([...exposed]);
    },
  );
});
