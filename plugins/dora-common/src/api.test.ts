import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const openapiTypescript = path.join(
  path.dirname(require.resolve('openapi-typescript/package.json')),
  'bin/cli.js',
);

describe('api.generated.ts', () => {
  it('says what the API document says; run `yarn generate` when it does not', () => {
    const generated = execFileSync(
      process.execPath,
      [openapiTypescript, path.join(__dirname, 'openapi.yaml')],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const committed = readFileSync(
      path.join(__dirname, 'api.generated.ts'),
      'utf8',
    );
    expect(committed.trim()).toBe(generated.trim());
  });
});
