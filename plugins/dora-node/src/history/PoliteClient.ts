import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { readShape } from '../shapes';

/** What a paginated API answers. */
export type PageOfJson = {
  body: unknown;
  /** The address of the next page, where there is one. */
  next?: string;
};

/** How a question is put. */
export type Asking = {
  signal?: AbortSignal;
  /** Told until when no question may be put, before it is waited for. */
  onWait?: (until: Date) => void;
};

const list = z.array(z.unknown());

const patience = 30_000;
const mostTries = 6;
const longestWait = 60 * 60_000;

function number(value: string | null): number | undefined {
  return value !== null && /^\d+$/.test(value) ? Number(value) : undefined;
}

/** https://www.rfc-editor.org/rfc/rfc8288 */
function nextIn(link: string | null): string | undefined {
  return link
    ?.split(',')
    .map(part => part.match(/<([^>]+)>\s*;.*\brel="?next"?/)?.[1])
    .find(Boolean);
}

/**
 * Reads JSON from an API without being a burden: one request at a time, no
 * sooner than the API wants the next. It waits as long as `Retry-After` says,
 * and when `X-RateLimit-Remaining` (GitHub) or `RateLimit-Remaining` (GitLab)
 * is used up, until the limit is reset.
 */
export class PoliteClient {
  readonly #headers: () => Promise<Record<string, string>>;
  readonly #sleep: (millis: number, signal?: AbortSignal) => Promise<void>;
  readonly #now: () => number;
  #notBefore = 0;

  /**
   * @param options.headers - asked before each request, since tokens end
   * @param options.sleep - how to wait
   * @param options.now - milliseconds since 1970
   */
  constructor(options: {
    headers: () => Promise<Record<string, string>>;
    sleep?: (millis: number, signal?: AbortSignal) => Promise<void>;
    now?: () => number;
  }) {
    this.#headers = options.headers;
    this.#now = options.now ?? Date.now;
    this.#sleep =
      options.sleep ??
      ((millis, signal) => setTimeout(millis, undefined, { signal }));
  }

  /**
   * @throws NotFoundError, NotAllowedError, ServiceUnavailableError
   */
  async get(url: string, asking: Asking = {}): Promise<PageOfJson> {
    for (let attempt = 1; attempt <= mostTries; attempt++) {
      await this.#wait(asking);
      const response = await this.#ask(url, asking.signal);
      const again = this.#heed(response, attempt);
      if (response?.ok) return this.#pageIn(response, url);
      await response?.body?.cancel();
      if (response && !again) this.#refuse(response, url);
    }
    throw new ServiceUnavailableError(
      `${
        new URL(url).origin
      } did not answer ${mostTries} times in a row; going on later takes up where this ended`,
    );
  }

  /**
   * Every item of a list, page after page.
   *
   * @throws InputError when an answer is no list; otherwise as `get`
   */
  async all(url: string, asking?: Asking): Promise<unknown[]> {
    const items: unknown[] = [];
    let address: string | undefined = url;
    while (address) {
      const page: PageOfJson = await this.get(address, asking);
      items.push(...readShape(list, page.body, `The list at ${url}`));
      address = page.next;
    }
    return items;
  }

  async #wait({ signal, onWait }: Asking): Promise<void> {
    const now = this.#now();
    const millis = Math.min(this.#notBefore - now, longestWait);
    if (millis <= 0) return;
    onWait?.(new Date(now + millis));
    await this.#sleep(millis, signal);
  }

  async #ask(url: string, signal?: AbortSignal): Promise<Response | undefined> {
    const headers = await this.#headers();
    const patient = AbortSignal.timeout(patience);
    try {
      return await fetch(url, {
        headers: { Accept: 'application/json', ...headers },
        // An address that leads elsewhere must not receive our token.
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, patient]) : patient,
      });
    } catch {
      signal?.throwIfAborted();
      return undefined;
    }
  }

  /**
   * Notes when the next request may be made.
   *
   * @returns whether the same may be asked again then
   */
  #heed(response: Response | undefined, attempt: number): boolean {
    const now = this.#now();
    this.#notBefore = 0;
    const overwhelmed = response?.status === 429;
    if (!response || overwhelmed || response.status >= 500) {
      this.#notBefore = now + 1000 * 2 ** (attempt - 1);
    }
    if (response) this.#heedLimits(response.headers, now);
    return this.#notBefore > now;
  }

  #heedLimits(headers: Headers, now: number): void {
    const left = number(
      headers.get('x-ratelimit-remaining') ??
        headers.get('ratelimit-remaining'),
    );
    const reset = number(
      headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset'),
    );
    if (left === 0 && reset !== undefined) this.#notBefore = reset * 1000;
    const after = headers.get('retry-after');
    if (after === null) return;
    const seconds = number(after);
    const moment =
      seconds === undefined ? Date.parse(after) : now + seconds * 1000;
    if (moment > now) this.#notBefore = moment;
  }

  /** @throws NotFoundError, NotAllowedError */
  #refuse({ status }: Response, url: string): never {
    const { origin, pathname } = new URL(url);
    if (status === 404) {
      throw new NotFoundError(`${origin} has nothing at ${pathname}`);
    }
    throw new NotAllowedError(
      `${origin} answers ${status} at ${pathname}; look at the token in integrations`,
    );
  }

  async #bodyOf(response: Response, url: string): Promise<unknown> {
    try {
      return await response.json();
    } catch {
      throw new ServiceUnavailableError(
        `${new URL(url).origin} broke off its answer, or it was no JSON`,
      );
    }
  }

  async #pageIn(response: Response, url: string): Promise<PageOfJson> {
    const next = nextIn(response.headers.get('link'));
    // The token is for this host alone.
    const same = next && new URL(next, url).origin === new URL(url).origin;
    return {
      body: await this.#bodyOf(response, url),
      ...(same && { next: new URL(next, url).href }),
    };
  }
}
