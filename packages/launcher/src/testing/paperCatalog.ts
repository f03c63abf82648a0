import fs from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { paths } from '../paths.ts';
import { writePaper } from './paper.ts';

/** Where the golden path of papers is written for the portal that tests look at. */
export const paperFolder = path.join(paths.home, 'paper');

/**
 * Writes the first version of the golden path of papers.
 *
 * @returns what makes a portal have it beside all that anybody's has
 */
export async function paperCatalog(): Promise<NodeJS.ProcessEnv> {
  const target = await writePaper(paperFolder, {
    version: '1.0.0',
    page: 'one\n',
  });
  const usual = path.join(paths.root, 'app-config.yaml');
  const { catalog } = parse(await fs.readFile(usual, 'utf8'));
  return {
    APP_CONFIG_catalog_locations: JSON.stringify([
      ...catalog.locations,
      { type: 'file', target, rules: [{ allow: ['Template'] }] },
    ]),
  };
}
