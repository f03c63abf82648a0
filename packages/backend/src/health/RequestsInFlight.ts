import type { RequestHandler, Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';

/** An answer that has no end of its own; its client connects again by itself. */
function isStream(response: Response): boolean {
  return String(response.getHeader('content-type')).startsWith(
    'text/event-stream',
  );
}

/**
 * Knows the requests that are being answered. Once draining it asks clients to
 * leave their connections, and tells when the last request is answered.
 */
export class RequestsInFlight {
  readonly #responses = new Set<Response>();
  #draining = false;
  #answered: (() => void) | undefined;

  /** Counts a request; belongs in front of everything else. */
  readonly middleware: RequestHandler = (_request, response, next) => {
    this.#responses.add(response);
    response.once('close', () => {
      this.#responses.delete(response);
      if (this.#responses.size === 0) this.#answered?.();
    });
    if (this.#draining) response.set('Connection', 'close');
    next();
  };

  /** Requests being answered now. */
  get size(): number {
    return this.#responses.size;
  }

  /** From now on every answer is the last one on its connection. */
  drain(): void {
    this.#draining = true;
    for (const response of this.#responses) {
      if (isStream(response)) response.end();
      else if (!response.headersSent) response.set('Connection', 'close');
    }
  }

  /** Settles when no request is left, at the latest after `limitMs`. */
  async answered(limitMs: number): Promise<void> {
    // Streams that were opened while draining end here.
    this.drain();
    if (this.#responses.size === 0) return;
    const inTime = new AbortController();
    await Promise.race([
      new Promise<void>(resolve => {
        this.#answered = resolve;
      }),
      delay(limitMs, undefined, { signal: inTime.signal }).catch(
        () => undefined,
      ),
    ]);
    inTime.abort();
  }
}

/** The requests of this process. */
export const requestsInFlight = new RequestsInFlight();
