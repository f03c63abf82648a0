/** Something that happened in the page of a visitor. */
export type Report =
  | {
      kind: 'vital';
      /** Such as LCP; see https://web.dev/articles/vitals. */
      name: string;
      /** Milliseconds, or a score without a unit for CLS. */
      value: number;
      rating: 'good' | 'needs-improvement' | 'poor';
    }
  | { kind: 'exposure'; name: string; variant: string }
  | { kind: 'error'; name: string; message: string };

const most = 50;

/** Collects reports, and sends them when the page goes out of sight: once for most visits. */
export class Reports {
  readonly #url: string | undefined;
  readonly #common: Record<string, string>;
  #waiting: Report[] = [];

  /** @param url - where they go; without it, nothing is sent */
  constructor(url: string | undefined, common: Record<string, string>) {
    this.#url = url;
    this.#common = common;
  }

  readonly add = (report: Report): void => {
    if (!this.#url) return;
    this.#waiting.push(report);
    if (this.#waiting.length >= most) this.flush();
  };

  readonly flush = (): void => {
    if (!this.#url || this.#waiting.length === 0) return;
    const reports = this.#waiting;
    this.#waiting = [];
    // Of this type, a beacon to another origin needs no preflight.
    const body = new Blob(
      [
        JSON.stringify({
          ...this.#common,
          // Without the query, which may hold what no report should.
          page: location.pathname,
          reports,
        }),
      ],
      { type: 'text/plain' },
    );
    navigator.sendBeacon(this.#url, body);
  };

  /** Sends when the page is hidden, which is the last moment that browsers promise. */
  start(): void {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.flush();
    });
    window.addEventListener('pagehide', this.flush);
  }
}
