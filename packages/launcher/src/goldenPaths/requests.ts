import fs from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';

/** One request to the example of a service's API, and what it is to answer. */
export type ExampleRequest = {
  path: string;
  /** Sent as JSON by POST; without it the path is read. */
  body?: unknown;
  status: number;
  /** A regular expression that the text of the answer fits. */
  answer: string;
};

const fileName = 'requests.yaml';

/**
 * The requests of a template, from its own folder, or those that all services
 * answer which bring no example of their own.
 *
 * @param folder - that of the template; its parent holds what is common
 */
export async function readRequests(folder: string): Promise<ExampleRequest[]> {
  const own = path.join(folder, fileName);
  const common = path.join(path.dirname(folder), fileName);
  const text = await fs
    .readFile(own, 'utf8')
    .catch(() => fs.readFile(common, 'utf8'));
  return parse(text);
}
