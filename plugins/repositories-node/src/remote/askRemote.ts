import { RemoteFailure } from './RemoteRepositoryHost';

/** The longest a question to a Git host may take, in milliseconds. */
const timeoutMs = 20_000;

/**
 * Asks a Git host's API.
 *
 * @returns the parsed answer; `undefined` when the host answers 404
 * @throws RemoteFailure when the host answers with another error
 */
export async function askRemote(
  url: string,
  options: { method?: 'GET' | 'DELETE'; headers: Record<string, string> },
): Promise<unknown> {
  const response = await fetch(url, {
    ...options,
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status === 404) return undefined;
  if (!response.ok) {
    throw new RemoteFailure(
      response.status,
      `${options.method ?? 'GET'} ${url} was answered with ${response.status}`,
    );
  }
  return response.status === 204 ? {} : response.json();
}
