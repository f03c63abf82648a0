import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A reference to another place of the same document, such as `#/components/responses/Failure`. */
export type Reference = { $ref: string };

export type Parameter = {
  name: string;
  in: string;
  /** A path parameter that goes on to the end of the path, slashes and all. */
  'x-multi-segment'?: boolean;
};

export type Response = {
  description: string;
  content?: Record<string, object>;
};

export type Operation = {
  operationId: string;
  parameters?: (Parameter | Reference)[];
  responses: Record<string, Response | Reference>;
};

/** The parts of an OpenAPI 3.1 document that we read ourselves. */
export type Contract = {
  openapi: string;
  info: { title: string; version: string; description?: string };
  /** The first is where the portal mounts the plugin, such as `/api/golden-paths`. */
  servers: { url: string }[];
  /** Path templates, and in each the operations by their method in lower case. */
  paths: Record<string, Record<string, Operation>>;
};

/**
 * The API document of a plugin, as it is written.
 *
 * @param packageName - the plugin's `-common` package, which keeps it in `src/openapi.yaml`
 */
export function readContractText(packageName: string): string {
  return readFileSync(
    resolvePackagePath(packageName, 'src/openapi.yaml'),
    'utf8',
  );
}

const read = new Map<string, Contract>();

/**
 * The API document of a plugin; see `readContractText`. It is read once, and
 * nobody writes into it.
 */
export function readContract(packageName: string): Contract {
  const known = read.get(packageName);
  if (known) return known;
  const contract: Contract = parse(readContractText(packageName));
  read.set(packageName, contract);
  return contract;
}
