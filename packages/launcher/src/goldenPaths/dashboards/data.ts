import type { Board } from './drawn.ts';
import { job, rate } from './words.ts';

const durations = `sum by (le, pipeline_job) (${rate(
  `pipeline_run_duration_seconds_bucket{${job}}`,
)})`;

/** What a pipeline of data tells of itself. */
export const ofData: Board = {
  about: 'What runs, how it ends, and how old its data is.',
  tags: ['golden-path', 'data'],
  span: '7d',
  charts: [
    {
      title: 'Runs',
      about: 'Runs that ended in the last hour, by job and outcome.',
      unit: 'short',
      queries: [
        [
          `sum by (pipeline_job, outcome) (increase(pipeline_runs_total{${job}}[1h]))`,
          '{{pipeline_job}} {{outcome}}',
        ],
      ],
    },
    {
      title: 'How long runs take',
      about: 'Half, and 95 %, of the runs at most.',
      unit: 's',
      queries: [
        [`histogram_quantile(0.5, ${durations})`, '{{pipeline_job}} 50 %'],
        [`histogram_quantile(0.95, ${durations})`, '{{pipeline_job}} 95 %'],
      ],
    },
    {
      title: 'Age of data',
      about: 'How long ago the newest day of each table ended.',
      unit: 's',
      queries: [
        [
          `time() - max by (asset) (pipeline_asset_data_time_seconds{${job}})`,
          '{{asset}}',
        ],
        [
          `max by (asset) (pipeline_asset_freshness_limit_seconds{${job}})`,
          '{{asset}} may be',
        ],
      ],
    },
    {
      title: 'Checks that failed',
      about: '1 while a check failed the last time it was made.',
      unit: 'short',
      queries: [
        [
          `max by (asset, check) (pipeline_asset_check_failed{${job}})`,
          '{{asset}}: {{check}}',
        ],
      ],
    },
    {
      title: 'Rows',
      about: 'Rows of the day that was written last.',
      unit: 'short',
      queries: [[`max by (asset) (pipeline_asset_rows{${job}})`, '{{asset}}']],
    },
    {
      title: 'Dagster’s daemon',
      about: 'How long ago each part of it said that it is alive.',
      unit: 's',
      limit: 600,
      queries: [
        [
          `time() - max by (daemon) (pipeline_daemon_heartbeat_time_seconds{${job}})`,
          '{{daemon}}',
        ],
      ],
    },
    {
      title: 'Processor',
      about:
        'Cores that the watching process uses; runs are processes of their own.',
      unit: 'short',
      queries: [[`sum(${rate(`process_cpu_seconds_total{${job}}`)})`, 'used']],
    },
    {
      title: 'Memory',
      about: 'Memory of the watching process.',
      unit: 'bytes',
      queries: [[`sum(process_resident_memory_bytes{${job}})`, 'used']],
    },
  ],
};
