import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import { SeriesStore } from '../forecast/SeriesStore';
import { AnomalyFinder } from '../insights/anomalies/AnomalyFinder';
import { AnomalyStore } from '../insights/anomalies/AnomalyStore';
import { SubjectStore } from '../insights/anomalies/SubjectStore';

/**
 * Looks once for what stands out.
 *
 * @param send - takes what owners are told
 */
export const lookForAnomalies = (
  knex: Knex,
  day: string,
  send: (one: NotificationSendOptions) => Promise<void>,
): Promise<void> =>
  new AnomalyFinder({
    subjects: new SubjectStore(knex),
    series: new SeriesStore(knex),
    store: new AnomalyStore(knex),
    least: 20,
    notifications: { send },
    logger: mockServices.logger.mock(),
  }).look(day);
