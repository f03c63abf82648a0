import type { Chart } from './drawn.ts';
import { job, rate } from './words.ts';

/** Saturation: what the processes of a service use. Each language names it otherwise. */
export const ofProcesses: Chart[] = [
  {
    title: 'Processor',
    about: 'Cores in use, by replica.',
    unit: 'short',
    queries: [
      [
        `sum by (instance) (${rate(`\${{ values.metrics.cpu }}{${job}}`)})`,
        '{{instance}}',
      ],
    ],
  },
  {
    title: 'Memory',
    about: 'Resident memory by replica; the manifests say what is the most.',
    unit: 'bytes',
    queries: [
      [
        `sum by (instance) (\${{ values.metrics.memory }}{${job}})`,
        '{{instance}}',
      ],
    ],
  },
];
