import type { Board } from './drawn.ts';
import { ofProcesses } from './process.ts';
import { budgetLeft, job, percentiles, rate, shareOf } from './words.ts';

const duration = 'http_server_request_duration_seconds';
const requests = `${duration}_count{${job}}`;
const failed = `${duration}_count{${job},http_response_status_code=~"5.."}`;

/** The golden signals of a service that answers requests. */
export const ofRequests: Board = {
  about: 'The golden signals: rate, errors, latency, saturation.',
  tags: ['golden-path'],
  span: '6h',
  charts: [
    {
      title: 'Rate',
      about: 'Requests a second, by route. Probes and scrapes are not counted.',
      unit: 'reqps',
      queries: [
        [
          `sum by (http_request_method, http_route) (${rate(requests)})`,
          '{{http_request_method}} {{http_route}}',
        ],
      ],
    },
    {
      title: 'Errors',
      about:
        'Share of requests that failed. 0 when none failed, empty when nobody asked.',
      unit: 'percentunit',
      queries: [[shareOf(failed, requests), 'errors']],
    },
    {
      title: 'Latency',
      about: 'How long half, 95 % and 99 % of the requests take at most.',
      unit: 's',
      queries: percentiles(`${duration}_bucket`),
    },
    {
      title: 'Budget of errors left',
      about:
        'Of the errors that the objective (99.5 % over 30 days) allows, the share that is left.',
      unit: 'percentunit',
      isSigned: true,
      queries: [[budgetLeft(failed, requests), 'left']],
    },
    ...ofProcesses,
  ],
};
