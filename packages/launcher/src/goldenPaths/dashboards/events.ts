import type { Board } from './drawn.ts';
import { ofProcesses } from './process.ts';
import { budgetLeft, job, percentiles, rate, shareOf } from './words.ts';

const attempts = (outcome = '') =>
  `messaging_process_duration_seconds_count{${job}${outcome}}`;
const dead = attempts(',outcome="dead"');
const settled = attempts(',outcome!="retried"');

/** The golden signals of a service that reads events. */
export const ofEvents: Board = {
  about: 'What comes, what becomes of it, how long it takes, what is left.',
  tags: ['golden-path'],
  span: '6h',
  charts: [
    {
      title: 'Rate',
      about: 'Attempts at events a second, by what became of them.',
      unit: 'reqps',
      queries: [[`sum by (outcome) (${rate(attempts())})`, '{{outcome}}']],
    },
    {
      title: 'Given up',
      about:
        'Share of events that became dead letters. 0 when none did, empty when nothing came.',
      unit: 'percentunit',
      queries: [[shareOf(dead, settled), 'given up']],
    },
    {
      title: 'Age',
      about:
        'How long after they were written half, 95 % and 99 % of the events were settled at most.',
      unit: 's',
      queries: percentiles('messaging_event_age_seconds_bucket'),
    },
    {
      title: 'Lag',
      about:
        'Events that are not settled, by topic. Those in topics for retries wait until they are due.',
      unit: 'short',
      queries: [
        [
          `sum by (messaging_destination_name) (kafka_consumer_group_lag{${job}})`,
          '{{messaging_destination_name}}',
        ],
      ],
    },
    {
      title: 'Dead letters',
      about:
        'Events that were given up in the last day. Somebody has to look at each.',
      unit: 'short',
      queries: [[`sum(increase(${dead}[1d])) or vector(0)`, 'dead letters']],
    },
    {
      title: 'Budget of dead letters left',
      about:
        'Of the dead letters that the objective (99.5 % over 30 days) allows, the share that is left.',
      unit: 'percentunit',
      isSigned: true,
      queries: [[budgetLeft(dead, settled), 'left']],
    },
    ...ofProcesses,
  ],
};
