import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api.generated';

type Schemas = components['schemas'];

/** What is known of a repository without reading its files. */
export type Repository = Schemas['Repository'];
/** A part of the list, and the name to go on after when there is more. */
export type RepositoryPage = Schemas['RepositoryPage'];
/** The entries of a folder at one commit. */
export type Folder = Schemas['Folder'];
/** One entry of a folder; sizes are in bytes. */
export type TreeEntry = Schemas['TreeEntry'];
/** What stands at a path: a part of a folder, or a file with its text. */
export type Browsed = Schemas['Browsed'];
/** A part of a folder, folders first. */
export type BrowsedFolder = Schemas['BrowsedFolder'];
/** A file; `withheld` says why it has no text. Sizes are in bytes. */
export type BrowsedFile = Schemas['BrowsedFile'];
/** One change; `committedAt` is ISO 8601. */
export type Commit = Schemas['Commit'];
/** A part of the history, the newest first. */
export type CommitPage = Schemas['CommitPage'];

/** The paths of the API document. */
export type RepositoriesPaths = paths;

/** A client whose calls and answers have the types of the API document. */
export type RepositoriesClient = Client<paths>;

/**
 * Makes a client.
 *
 * @param options.baseUrl - where the plugin answers, such as `https://portal.example/api/repositories`
 * @param options.fetch - sends the request with the caller's token
 */
export function createRepositoriesClient(options: {
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
}): RepositoriesClient {
  return createClient<paths>(options);
}
