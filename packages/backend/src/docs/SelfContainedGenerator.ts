import {
  type GeneratorRunOptions,
  TechdocsGenerator,
} from '@backstage/plugin-techdocs-node';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const REMOTE_FONTS =
  /<link\b[^>]*\bhref="https:\/\/fonts\.(?:googleapis|gstatic)\.com[^>]*>/g;

/**
 * Builds docs that need no server but the portal's. The theme asks another for
 * its fonts, and the reader shows nothing until they arrive or are refused,
 * which in a closed network takes as long as it takes.
 */
export class SelfContainedGenerator extends TechdocsGenerator {
  async run(options: GeneratorRunOptions): Promise<void> {
    await super.run(options);
    await removeRemoteFonts(options.outputDir);
  }
}

/** Takes the links to remote fonts out of all pages in a folder. */
export async function removeRemoteFonts(folder: string): Promise<void> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  for (const entry of entries) {
    if (entry.isFile() && entry.name.endsWith('.html')) {
      const file = join(entry.parentPath, entry.name);
      const page = await readFile(file, 'utf8');
      await writeFile(file, page.replace(REMOTE_FONTS, ''));
    }
  }
}
