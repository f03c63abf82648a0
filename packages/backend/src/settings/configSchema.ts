import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { loadConfigSchema, type ConfigSchema } from '@backstage/config-loader';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

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

function collect(): Promise<ConfigSchema> {
  return loadConfigSchema({ dependencies: [], packagePaths: [manifest] });
}

/**
 * The schema of the whole configuration: what is secret, and what a browser may
 * see. Collecting it takes the TypeScript compiler seconds and its memory, so
 * it is kept.
 *
 * @param cache - the folder where it is kept; without one it is collected anew
 */
export async function readConfigSchema(cache?: string): Promise<ConfigSchema> {
  if (!cache) return collect();
  const root = path.resolve(path.dirname(manifest), '..', '..');
  const file = path.join(
    cache,
    `config-schema-${await fingerprint(root)}.json`,
  );
  const kept = await fs.readFile(file, 'utf8').catch(() => undefined);
  if (kept) return loadConfigSchema({ serialized: JSON.parse(kept) });
  const schema = await collect();
  await fs.mkdir(cache, { recursive: true });
  // Renamed, so that a replica that starts beside this one never reads a half.
  const written = `${file}.${process.pid}`;
  await fs.writeFile(written, JSON.stringify(schema.serialize()));
  await fs.rename(written, file);
  return schema;
}
