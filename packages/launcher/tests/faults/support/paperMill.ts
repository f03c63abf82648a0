import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { writePaper } from '../../../src/testing/paper.ts';

/** Where the golden path of papers is written in a world. */
export const paperIn = (home: string) => path.join(home, 'paper');

/** Who owns all papers. */
export const keepers = 'group:default/keepers';

const group = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'keepers' },
  spec: { type: 'team', children: [] },
};

/** Writes the first version, and says where the catalog finds it. */
export async function paperCatalog(home: string): Promise<object> {
  const template = await writePaper(paperIn(home), {
    version: '1.0.0',
    page: 'one\n',
  });
  const owners = path.join(home, 'keepers.yaml');
  await fs.writeFile(owners, JSON.stringify(group));
  const location = (target: string, kind: string) => ({
    type: 'file',
    target,
    rules: [{ allow: [kind] }],
  });
  return {
    catalog: {
      locations: [location(template, 'Template'), location(owners, 'Group')],
    },
  };
}

/** Looks into a repository, whoever its folder belongs to. */
export function gitIn(home: string, name: string, ...args: string[]): string {
  const place = path.join(home, 'data', 'repositories', `${name}.git`);
  return execFileSync('git', ['-C', place, ...args], {
    encoding: 'utf8',
    env: {
      ...process.env,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
    },
  }).trim();
}
