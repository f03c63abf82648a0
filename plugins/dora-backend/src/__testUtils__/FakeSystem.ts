import {
  listStage,
  pagesOf,
  PoliteClient,
  type DeliveryHistory,
  type DeliverySource,
  type Fact,
  type HistoryQuestion,
} from '@waymark/plugin-dora-node';
import { FakeApi, type FakeAnswer } from '@waymark/plugin-dora-node/testUtils';
import { z } from 'zod';

/** By which annotation components name their project in the fake. */
export const annotation = 'github.com/project-slug';

const shape = z.object({
  touchedAt: z.string(),
  facts: z.array(z.custom<Fact>()),
});

const deploymentOf = (project: string, id: string, at: string) => ({
  touchedAt: at,
  facts: [
    {
      type: 'deployment',
      id,
      service: { annotation, value: project },
      environment: 'production',
      status: 'success',
      finishedAt: at,
      observedAt: at,
    },
  ],
});

/**
 * A delivery system that is asked over HTTP for its past: lists of
 * deployments, newest first, three to a page. Its client's clock stands still
 * but for its waits.
 */
export class FakeSystem implements DeliverySource {
  readonly id = 'fake';
  readonly title = 'Fake';
  readonly annotations = [annotation];
  readonly api = new FakeApi();
  /** What the client does when it is told to wait. */
  sleep: (signal?: AbortSignal) => Promise<void> = async () => {};
  /** The time by the client's clock, in milliseconds. */
  now = Date.parse('2026-03-10T00:00:00Z');
  readonly history: DeliveryHistory = {
    annotation,
    pages: question => this.#pages(question),
  };

  verify(): void {}
  deliveryId(): undefined {}
  read(): { kind: 'ignored'; reason: string } {
    return { kind: 'ignored', reason: 'It only has a past' };
  }

  /**
   * It has pages of three deployments each, of one day each, the newest from 9
   * March on backwards, and answers about some pages as it is told first.
   */
  has(
    project: string,
    pages: number,
    first: Record<number, FakeAnswer[]> = {},
  ): void {
    for (let page = 1; page <= pages; page += 1) {
      const at = `2026-03-${String(10 - page).padStart(2, '0')}T09:00:00Z`;
      const next = `<${this.api.url}${this.#address(
        project,
        page + 1,
      )}>; rel="next"`;
      this.api.at(this.#address(project, page), ...(first[page] ?? []), {
        headers: page < pages ? { link: next } : {},
        body: [1, 2, 3].map(number =>
          deploymentOf(project, `${project}-${page}-${number}`, at),
        ),
      });
    }
  }

  /** Which pages it was asked for, such as `larkspur/shop 2`. */
  get asked(): string[] {
    return this.api.asked.map(({ url }) => {
      const { pathname, searchParams } = new URL(url, this.api.url);
      return `${pathname.slice(1)} ${searchParams.get('page')}`;
    });
  }

  #address(project: string, page: number): string {
    return `/${project}?per_page=100&page=${page}`;
  }

  #pages({ project, since, cursor, ...asking }: HistoryQuestion) {
    const client = new PoliteClient({
      headers: async () => ({}),
      now: () => this.now,
      sleep: async (millis, signal) => {
        await this.sleep(signal);
        this.now += millis;
      },
    });
    return pagesOf(
      [
        listStage(
          {
            name: 'deployments',
            url: `${this.api.url}/${project}`,
            shape,
            touchedAt: item => item.touchedAt,
            read: (_, item) => item.facts,
          },
          { client, since: since.toISOString(), asking },
        ),
      ],
      cursor,
    );
  }
}
