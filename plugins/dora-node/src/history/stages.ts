import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { Fact } from '../facts';
import { readShape } from '../shapes';
import type { HistoryPage } from './DeliveryHistory';
import type { Asking, PoliteClient } from './PoliteClient';

/** One page of one stage. */
export type StagePage = {
  facts: Fact[];
  /** Whether older pages of this stage are worth reading. */
  goesOn: boolean;
};

/** A kind of thing in a system's past, newest first, in pages that count from 1. */
export type Stage = {
  /** Stands in the cursor: lower case letters, digits and dashes. */
  name: string;
  read(page: number): Promise<StagePage>;
};

/** A list of an API, newest first, of which each item says how old it is. */
export type ListStage<T> = {
  name: string;
  /** Without `per_page` and `page`. */
  url: string;
  shape: z.ZodType<T>;
  /** An ISO 8601 instant. */
  touchedAt(item: T): string;
  read(given: unknown, item: T): Promise<Fact[]> | Fact[];
};

/**
 * A stage that reads a list until its end or until items are too old.
 *
 * @param options.since - an ISO 8601 instant
 */
export function listStage<T>(
  list: ListStage<T>,
  options: { client: PoliteClient; since: string; asking: Asking },
): Stage {
  const { client, since, asking } = options;
  return {
    name: list.name,
    read: async (page): Promise<StagePage> => {
      const url = new URL(list.url);
      url.searchParams.set('per_page', '100');
      url.searchParams.set('page', String(page));
      const { body, next } = await client.get(url.href, asking);
      const items = readShape(
        z.array(z.unknown()),
        body,
        `The list of ${list.name}`,
      );
      const facts: Fact[] = [];
      for (const given of items) {
        const item = readShape(list.shape, given, `One of the ${list.name}`);
        if (list.touchedAt(item) < since) return { facts, goesOn: false };
        facts.push(...(await list.read(given, item)));
      }
      return { facts, goesOn: next !== undefined };
    },
  };
}

function startOf(
  stages: Stage[],
  cursor: string | undefined,
): { index: number; page: number } {
  if (cursor === undefined) return { index: 0, page: 1 };
  const [, name, page] = cursor.match(/^([a-z0-9-]+)\/(\d{1,6})$/) ?? [];
  const index = stages.findIndex(stage => stage.name === name);
  if (index < 0 || Number(page) < 1) {
    throw new InputError(
      `"${cursor.slice(0, 80)}" is not a cursor of this history`,
    );
  }
  return { index, page: Number(page) };
}

/**
 * Reads stages one after another. A cursor is `<stage>/<page to read next>`:
 * what comes in meanwhile moves things to later pages, so that going on may
 * read something twice and misses nothing.
 *
 * @throws InputError when the cursor is not one of these
 */
export async function* pagesOf(
  stages: Stage[],
  cursor?: string,
): AsyncGenerator<HistoryPage, void, undefined> {
  let { index, page } = startOf(stages, cursor);
  while (index < stages.length) {
    const { facts, goesOn } = await stages[index].read(page);
    if (goesOn) {
      page += 1;
    } else {
      index += 1;
      page = 1;
    }
    yield {
      facts,
      ...(index < stages.length && { cursor: `${stages[index].name}/${page}` }),
    };
  }
}
