import type { Board } from './drawn.ts';
import { job, within } from './words.ts';

/** The golden signals of a website, as the blackbox exporter sees it from outside. */
export const ofPages: Board = {
  about: 'What visitors get: is it there, how fast, with which status.',
  tags: ['golden-path', 'website'],
  span: '6h',
  charts: [
    {
      title: 'There',
      about:
        'Share of the looks from outside that found what they should, by address. Empty when nobody looked.',
      unit: 'percentunit',
      queries: [
        [
          `min by (instance) (avg_over_time(${within('probe_success')}))`,
          '{{instance}}',
        ],
      ],
    },
    {
      title: 'Latency by phase',
      about:
        'How long an answer takes, and where: name, connection, encryption, server, transfer.',
      unit: 's',
      queries: [
        [
          `avg by (phase) (avg_over_time(${within(
            'probe_http_duration_seconds',
          )}))`,
          '{{phase}}',
        ],
      ],
    },
    {
      title: 'Latency',
      about: 'The slowest answer of each address.',
      unit: 's',
      limit: 1,
      queries: [
        [
          `max by (instance) (max_over_time(${within(
            'probe_duration_seconds',
          )}))`,
          '{{instance}}',
        ],
      ],
    },
    {
      title: 'Status',
      about:
        'The status of the last answer, by address; 0 when there was none.',
      unit: 'short',
      queries: [
        [`max by (instance) (probe_http_status_code{${job}})`, '{{instance}}'],
      ],
    },
    {
      title: 'Certificate',
      about:
        'Days until the first certificate of the chain ends. Below the line it should have been renewed.',
      unit: 'd',
      limit: 14,
      isSigned: true,
      queries: [
        [
          `(min(probe_ssl_earliest_cert_expiry{${job}}) - time()) / 86400`,
          'days left',
        ],
      ],
    },
    {
      title: 'Budget of downtime left',
      about:
        'Of the downtime that the objective (99.5 % over 30 days) allows, the share that is left.',
      unit: 'percentunit',
      isSigned: true,
      queries: [
        [
          '1 - (1 - avg_over_time(service:site:up{service="${{ values.name }}"}[30d])) / 0.005',
          'left',
        ],
      ],
    },
  ],
};
