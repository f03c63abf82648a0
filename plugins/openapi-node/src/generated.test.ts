import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const plugins = path.resolve(__dirname, '../..');
const contracts = fs
  .readdirSync(plugins)
  .filter(id => fs.existsSync(path.join(plugins, id, 'src/openapi.yaml')));

const openapiTypescript = path.join(
  path.dirname(require.resolve('openapi-typescript/package.json')),
  'bin/cli.js',
);

describe('api.generated.ts', () => {
  it('is there for several plugins', () => {
    expect(contracts).toEqual(
      expect.arrayContaining(['golden-paths-common', 'repositories-common']),
    );
  });

  it.each(contracts)(
    'of %s says what its API document says; run `yarn generate` there when it does not',
    id => {
      const sources = path.join(plugins, id, 'src');
      const generated = execFileSync(
        process.execPath,
        [openapiTypescript, path.join(sources, 'openapi.yaml')],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      );
      const committed = fs.readFileSync(
        path.join(sources, 'api.generated.ts'),
        'utf8',
      );
      expect(committed.trim()).toBe(generated.trim());
    },
  );
});
