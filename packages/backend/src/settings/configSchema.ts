import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { loadConfigSchema, type ConfigSchema } from '@backstage/config-loader';
import type { JsonObject } from '@backstage/types';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { markedSchema } from './markedSchema';

const manifest = resolvePackagePath('backend', 'package.json');

/** A fingerprint of all that the schema is collected from. */
async function fingerprint(root: string): Promise<string> {
  const sum = createHash('sha256');
  sum.update(await fs.readFile(path.join(root, 'yarn.lock')));
  for (const room of ['packages', 'plugins']) {
    const folder = path.join(root, room);
    for (const name of (await fs.readdir(folder)).sort()) {
      for (const file of ['package.json', 'config.d.ts']) {
        const content = await fs
          .readFile(path.join(folder, name, file))
          .catch(() => '');
        sum.update(name).update(file).update(content);
      }
    }
  }
  return sum.digest('hex');
}

type Serialized = { schemas: { path: string; value: JsonObject }[] };

/** The schemas of all packages, as far as they mark anything. */
async function collect(): Promise<JsonObject> {
  const schema = await loadConfigSchema({
    dependencies: [],
    packagePaths: [manifest],
  });
  const whole = schema.serialize() as JsonObject & Serialized;
  return {
    ...whole,
    schemas: whole.schemas.flatMap(({ path: place, value }) => {
      const marked = markedSchema(value);
      return marked ? [{ path: place, value: marked }] : [];
    }),
  };
}

/** Collects it, or takes what an earlier start has kept. */
async function readSerialized(cache?: string): Promise<JsonObject> {
  if (!cache) return collect();
  const root = path.resolve(path.dirname(manifest), '..', '..');
  const file = path.join(
    cache,
    `marked-config-schema-${await fingerprint(root)}.json`,
  );
  const kept = await fs.readFile(file, 'utf8').catch(() => undefined);
  if (kept) return JSON.parse(kept);
  const collected = await collect();
  await fs.mkdir(cache, { recursive: true });
  // Renamed, so that a replica that starts beside this one never reads a half.
  const written = `${file}.${process.pid}`;
  await fs.writeFile(written, JSON.stringify(collected));
  await fs.rename(written, file);
  return collected;
}

/**
 * What is secret in the whole configuration, and what a browser may see of it.
 * Collecting that takes the TypeScript compiler seconds and its memory, so it
 * is kept.
 *
 * @param cache - the folder where it is kept; without one it is collected anew
 */
export async function readConfigSchema(cache?: string): Promise<ConfigSchema> {
  return loadConfigSchema({ serialized: await readSerialized(cache) });
}

/**
 * That schema, for all who need it: whoever loads it for himself compiles it,
 * which is a good part of what a start has to do.
 */
export const configSchemaServiceRef = createServiceRef<ConfigSchema>({
  id: 'waymark.config-schema',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) =>
        readConfigSchema(config.getOptionalString('waymark.cacheDirectory')),
    }),
});
