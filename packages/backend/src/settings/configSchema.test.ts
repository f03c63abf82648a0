import {
  createMockDirectory,
  type MockDirectory,
} from '@backstage/backend-test-utils';
import type { ConfigSchema } from '@backstage/config-loader';
import fs from 'node:fs/promises';
import { readConfigSchema } from './configSchema';

const settings = {
  app: { title: 'Waymark' },
  backend: { database: { connection: { password: 'a secret' } } },
  auth: { session: { secret: 'another secret' } },
};

function seen(schema: ConfigSchema, visibility: 'secret' | 'frontend') {
  const [{ data }] = schema.process([{ data: settings, context: 'test' }], {
    visibility: [visibility],
    ignoreSchemaErrors: true,
  });
  return data;
}

describe('readConfigSchema', () => {
  const cache: MockDirectory = createMockDirectory();

  // Collecting takes the TypeScript compiler several seconds.
  jest.setTimeout(120_000);

  it('knows what is secret and what a browser may see, from each package', async () => {
    const schema = await readConfigSchema();

    expect(seen(schema, 'secret')).toEqual({
      backend: { database: { connection: { password: 'a secret' } } },
      auth: { session: { secret: 'another secret' } },
    });
    expect(seen(schema, 'frontend')).toEqual({ app: { title: 'Waymark' } });
  });

  it('says the same from what it kept, and does not collect again', async () => {
    const collected = await readConfigSchema(cache.path);
    const [file, ...others] = await fs.readdir(cache.path);
    expect(others).toEqual([]);

    const kept = await readConfigSchema(cache.path);
    expect(kept.serialize()).toEqual(collected.serialize());
    expect(seen(kept, 'secret')).toEqual(seen(collected, 'secret'));

    // It really is this file that is read.
    await fs.writeFile(
      cache.resolve(file),
      JSON.stringify({ backstageConfigSchemaVersion: 1, schemas: [] }),
    );
    const emptied = await readConfigSchema(cache.path);
    expect(emptied.serialize().schemas).toEqual([]);
  });
});
