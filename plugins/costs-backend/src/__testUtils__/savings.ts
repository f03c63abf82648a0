import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { SeriesStore } from '../forecast/SeriesStore';
import { LineStore } from '../insights/recommendations/LineStore';
import { RecommendationFinder } from '../insights/recommendations/RecommendationFinder';
import { RecommendationStore } from '../insights/recommendations/RecommendationStore';
import type { Managed } from '../insights/recommendations/Rule';

/**
 * Looks once for what could cost less.
 *
 * @param read - what the infrastructure plugin says; that it has nothing, when absent
 */
export const lookForSavings = (
  knex: Knex,
  day: string,
  read: () => Promise<Map<string, Managed>> = async () => new Map(),
): Promise<void> =>
  new RecommendationFinder({
    lines: new LineStore(knex),
    series: new SeriesStore(knex),
    store: new RecommendationStore(knex),
    resources: { read },
    least: 20,
    logger: mockServices.logger.mock(),
  }).look(day);
