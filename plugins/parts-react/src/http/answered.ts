import type { FetchApi } from '@backstage/frontend-plugin-api';

/** What a client of an API document answers. */
type Answer<T> = {
  data?: T;
  error?: { error?: { name?: string; message?: string } };
  response: Response;
};

/**
 * What was asked for.
 *
 * @throws Error with the portal's own words and the name it gave the error
 */
export function answered<T>({ data, error, response }: Answer<T>): T {
  if (data !== undefined) return data;
  const failure = new Error(
    error?.error?.message ??
      `The portal answered ${response.status} ${response.statusText}`.trim(),
  );
  // What is not there is not shown like what went wrong.
  failure.name = error?.error?.name ?? failure.name;
  throw failure;
}

/**
 * Sends what a client of an API document wants sent, as the person who is
 * signed in.
 */
export function fetchWith({ fetch }: FetchApi) {
  return async (request: Request): Promise<Response> =>
    // The app builds a request of its own around what it is given, and the
    // body of a Request can be taken once only.
    fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: (await request.text()) || undefined,
      signal: request.signal,
    });
}
