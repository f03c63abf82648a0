import {
  createMockDirectory,
  type MockDirectory,
} from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { loadConfigSchema, type ConfigSchema } from '@backstage/config-loader';
import type { JsonObject, JsonValue } from '@backstage/types';
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

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value for every place that the schema names, and whether a browser may see it. */
function valueOf(schema: JsonValue | undefined): JsonValue {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    return 'free';
  }
  const [choice] = [schema.anyOf, schema.oneOf, schema.allOf].flatMap(choices =>
    Array.isArray(choices) ? choices : [],
  );
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (schema.const !== undefined) return schema.const;
  if (choice) return valueOf(choice);
  const { type } = schema;
  if (type === 'array') return [valueOf(schema.items)];
  if (type === 'boolean') return true;
  if (type === 'number' || type === 'integer') return 7;
  if (type !== 'object') return 'text';
  const named = (schema.properties ?? {}) as JsonObject;
  const others = isObject(schema.additionalProperties)
    ? { another: valueOf(schema.additionalProperties) }
    : {};
  return {
    ...others,
    ...Object.fromEntries(
      Object.entries(named).map(([name, value]) => [name, valueOf(value)]),
    ),
  };
}

describe('readConfigSchema', () => {
  const cache: MockDirectory = createMockDirectory();
  let whole: ConfigSchema;
  let collected: ConfigSchema;

  // Collecting takes the TypeScript compiler several seconds.
  jest.setTimeout(120_000);

  beforeAll(async () => {
    whole = await loadConfigSchema({
      dependencies: [],
      packagePaths: [resolvePackagePath('backend', 'package.json')],
    });
    collected = await readConfigSchema(cache.path);
  });

  it('knows what is secret and what a browser may see, from each package', () => {
    expect(seen(collected, 'secret')).toEqual({
      backend: { database: { connection: { password: 'a secret' } } },
      auth: { session: { secret: 'another secret' } },
    });
    expect(seen(collected, 'frontend')).toEqual({ app: { title: 'Waymark' } });
  });

  it.each(['secret', 'frontend'] as const)(
    'says of a value in every place whether it is %s, as the whole schema does',
    visibility => {
      const { schemas } = whole.serialize() as unknown as {
        schemas: { value: JsonObject }[];
      };
      const configs = schemas.map(({ value }, index) => ({
        data: valueOf(value) as JsonObject,
        context: `of schema ${index}`,
      }));
      const options = { visibility: [visibility], ignoreSchemaErrors: true };

      const seenByWhole = configs.map(config =>
        whole.process([config], options),
      );
      expect(JSON.stringify(seenByWhole)).toMatch(/text|free/);
      expect(
        configs.map(config => collected.process([config], options)),
      ).toEqual(seenByWhole);
    },
  );

  it('says the same from what it kept, and does not collect again', async () => {
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
