import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { folder, root } from '../settings.ts';

const shop = path.join(folder, 'infrastructure-shop');
/** What begins from now on need not wait once this file is there. */
const signal = path.join(shop, 'go');
/** Whoever waits reads from here, and so uses no processor that the portals want. */
const pipe = path.join(shop, 'wait');
const longestMinutes = 30;

/** Of what takes long in a cloud: Terraform begins it and waits. */
const module = `
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "test -f ${signal} || timeout ${longestMinutes}m cat ${pipe}"
  }
}
`;

const slow = {
  apiVersion: 'waymark.dev/v1',
  kind: 'Offering',
  metadata: {
    name: 'slow',
    title: 'Something slow',
    version: '1.0.0',
    summary: 'Takes as long as the benchmark wants.',
  },
  spec: {
    category: 'compute',
    resourceType: 'cluster',
    use: { when: ['In a benchmark.'], whenNot: ['Anywhere else.'] },
    environments: ['staging'],
    engine: { name: 'terraform', settings: { module: 'slow' } },
    expectedMinutes: longestMinutes,
    parameters: { type: 'object', additionalProperties: false, properties: {} },
    quota: { unit: 'slow-things' },
    price: { items: [] },
    documentation: 'Ask for it in a benchmark.',
    troubleshooting: [{ symptom: 'It is slow.', remedy: 'It is meant to be.' }],
  },
};

/** Writes what is offered besides the shipped database; gives the folders. */
export async function stock(): Promise<{ offerings: string; modules: string }> {
  await fs.rm(shop, { recursive: true, force: true });
  const offerings = path.join(shop, 'offerings');
  const modules = path.join(shop, 'modules');
  await fs.mkdir(offerings, { recursive: true });
  await fs.mkdir(path.join(modules, 'slow'), { recursive: true });
  const database = 'postgres-database.yaml';
  await fs.copyFile(
    path.join(root, 'infrastructure', 'offerings', database),
    path.join(offerings, database),
  );
  // JSON is YAML.
  await fs.writeFile(path.join(offerings, 'slow.yaml'), JSON.stringify(slow));
  await fs.writeFile(path.join(modules, 'slow', 'main.tf'), module);
  await promisify(execFile)('mkfifo', [pipe]);
  return { offerings, modules };
}

/** Lets everything slow come to its end. */
export async function letGo(): Promise<void> {
  await fs.writeFile(signal, '');
  // Open at both ends, it waits for nobody; closed again, it ends for all.
  const both = await fs.open(pipe, constants.O_RDWR);
  await both.close();
}
