import type { JsonObject } from '@backstage/types';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { create } from 'tar';
import { copyModule, type Module } from '../modules';
import type { RootModule } from '../rootModule';

/** What HCP Terraform runs, as an archive. */
export async function packed(
  module: Module,
  root: RootModule,
): Promise<Buffer> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-cloud-'));
  const write = (name: string, content: JsonObject) =>
    fs.writeFile(path.join(folder, name), JSON.stringify(content, null, 2), {
      mode: 0o600,
    });
  try {
    copyModule(module, path.join(folder, 'module'));
    await write('main.tf.json', root.configuration);
    // Under this name HCP Terraform reads it beside its own variables.
    await write('waymark.auto.tfvars.json', root.values);
    const chunks: Buffer[] = [];
    for await (const chunk of create(
      { gzip: true, cwd: folder, portable: true },
      ['.'],
    )) {
      chunks.push(Buffer.from(chunk));
    }
    return Buffer.concat(chunks);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}
