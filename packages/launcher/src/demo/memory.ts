import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';

/** What is remembered of a load: with the data, so that it goes when the data goes. */
export type Memory = {
  /** The end of the story: one that was interrupted is told again, not another. */
  until: number;
  loaded: boolean;
};

const fileOf = (load: string, data = paths.data) =>
  path.join(data, `demo-${load}.json`);

/** What is remembered of a load. */
export async function recall(load: string): Promise<Memory | undefined> {
  try {
    return JSON.parse(await fs.readFile(fileOf(load), 'utf8'));
  } catch {
    // Never loaded, or cut short by a kill before anything was.
    return undefined;
  }
}

/**
 * Remembers how far a load is.
 *
 * @param data - the folder it is remembered in; this launcher's own when not given
 */
export async function remember(
  load: string,
  memory: Memory,
  data?: string,
): Promise<void> {
  const file = fileOf(load, data);
  const partial = `${file}.partial`;
  await fs.writeFile(partial, JSON.stringify(memory));
  await fs.rename(partial, file);
}

/** Whether this start is to load a part of the demo: once, and never into a server of somebody's own. */
export async function lacks(
  load: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  return !env.POSTGRES_HOST && !(await recall(load))?.loaded;
}
