import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api.generated';

type Schemas = components['schemas'];

/** Whether a name is free, and if not, what stands in its way. */
export type NameCheck = Schemas['NameCheck'];
/** One thing that stands in the way of a name. */
export type NameProblem = Schemas['NameProblem'];
/** Which template to preview with which values. */
export type PreviewRequest = Schemas['PreviewRequest'];
/** What a template makes. */
export type Preview = Schemas['Preview'];
/** One file of a preview; sizes are in bytes. */
export type PreviewFile = Schemas['PreviewFile'];
/** What became of one step of the template. */
export type PreviewLogEntry = Schemas['PreviewLogEntry'];

/** The paths of the API document. */
export type GoldenPathsPaths = paths;

/** A client whose calls and answers have the types of the API document. */
export type GoldenPathsClient = Client<paths>;

/**
 * Makes a client.
 *
 * @param options.baseUrl - where the plugin answers, such as `https://portal.example/api/golden-paths`
 * @param options.fetch - sends the request with the caller's token
 */
export function createGoldenPathsClient(options: {
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
}): GoldenPathsClient {
  return createClient<paths>(options);
}
