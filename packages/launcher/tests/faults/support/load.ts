/** What came back for one request; status 0 when the connection failed. */
export type Answer = { status: number; body: string; retryAfter?: string };

/** Asks once; a request that gets no answer within `limitMs` counts as failed. */
export async function ask(
  url: string,
  headers: Record<string, string> = {},
  limitMs = 40_000,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      headers,
      signal: AbortSignal.timeout(limitMs),
    });
    return {
      status: response.status,
      body: await response.text(),
      retryAfter: response.headers.get('retry-after') ?? undefined,
    };
  } catch (error) {
    return { status: 0, body: String((error as Error).cause ?? error) };
  }
}

/** Clients that ask again as soon as they have their answer. */
export class Load {
  readonly answers: Answer[] = [];
  readonly #clients: Promise<void>[];
  #running = true;

  constructor(
    urls: string[],
    headers: Record<string, string>,
    concurrency = 4,
  ) {
    const client = async (first: number) => {
      for (let turn = first; this.#running; turn += 1) {
        this.answers.push(await ask(urls[turn % urls.length], headers));
      }
    };
    this.#clients = Array.from({ length: concurrency }, (_, index) =>
      client(index),
    );
  }

  /** Requests answered with this status so far. */
  count(status: number): number {
    return this.answers.filter(answer => answer.status === status).length;
  }

  /** Lets every client finish its request. */
  async stop(): Promise<Answer[]> {
    this.#running = false;
    await Promise.all(this.#clients);
    return this.answers;
  }
}
