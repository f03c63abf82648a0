import { setTimeout as delay } from 'node:timers/promises';
import { RemoteFailure } from './RemoteRepositoryHost';

/** The longest one question to a Git host may take, in milliseconds. */
const timeoutMs = 20_000;
/** How often a question is asked at most. */
const tries = 3;
/** How long a person who waits for the answer is kept waiting before it is asked again. */
const longestWaitMs = 5_000;
/** Between questions, where the host does not say. */
const usualWaitMs = 500;

/** What says that the host could not answer now; asking again may help. */
const passing = new Set([429, 502, 503, 504]);

/** How a host is asked; tests replace it. */
export type Asking = {
  fetch: typeof fetch;
  wait: (milliseconds: number) => Promise<unknown>;
};

const overNetwork: Asking = {
  fetch: (...args) => fetch(...args),
  wait: milliseconds => delay(milliseconds),
};

/**
 * The status of an answer. GitHub says 403 where it means that the portal asked
 * too often, which is no refusal.
 */
function statusOf(response: Response): number {
  const limited =
    response.headers.get('x-ratelimit-remaining') === '0' ||
    response.headers.has('retry-after');
  return response.status === 403 && limited ? 429 : response.status;
}

/** How long the host wants to be left alone, in milliseconds. */
function waitAskedFor({ headers }: Response): number {
  const after = Number(headers.get('retry-after') ?? NaN);
  if (Number.isFinite(after)) return after * 1000;
  const reset = Number(headers.get('x-ratelimit-reset') ?? NaN);
  return Number.isFinite(reset) && headers.get('x-ratelimit-remaining') === '0'
    ? Math.max(0, reset * 1000 - Date.now())
    : usualWaitMs;
}

/**
 * Asks a Git host's API, again where the host is busy for a moment. Only what
 * can be asked twice without harm is asked here.
 *
 * @returns the parsed answer; `undefined` when the host answers 404
 * @throws RemoteFailure when the host answers with another error
 */
export async function askRemote(
  url: string,
  options: {
    method?: 'GET' | 'DELETE' | 'POST' | 'PUT';
    headers: Record<string, string>;
    body?: Record<string, unknown>;
  },
  asking: Asking = overNetwork,
): Promise<unknown> {
  const { method, headers, body } = options;
  const request: RequestInit = {
    method,
    headers: {
      ...headers,
      ...(body && { 'content-type': 'application/json' }),
    },
    body: body && JSON.stringify(body),
  };
  for (let tried = 1; ; tried += 1) {
    const response = await asking.fetch(url, {
      ...request,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const status = statusOf(response);
    if (status === 404) return undefined;
    if (response.ok) return status === 204 ? {} : response.json();

    const wait = waitAskedFor(response);
    if (!passing.has(status) || tried === tries || wait > longestWaitMs) {
      throw new RemoteFailure(
        status,
        `${options.method ?? 'GET'} ${url} was answered with ${
          response.status
        }`,
      );
    }
    await response.body?.cancel();
    await asking.wait(wait);
  }
}
