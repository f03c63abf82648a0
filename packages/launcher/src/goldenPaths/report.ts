import type { Report, Result } from './check.ts';

/** The page of docs/reference that the full run writes. */
export const reportPage = 'docs/reference/golden-path-checks.md';

function cell(result: Result | undefined): string {
  if (!result || result.ended === 'has none') return '';
  if (result.ended === 'skipped') return 'skipped';
  const seconds = result.seconds.toFixed(1);
  return result.ended === 'failed' ? `**failed**, ${seconds}` : seconds;
}

function table(rows: string[][]): string {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length), 3),
  );
  const line = (row: string[]) =>
    `| ${row.map((text, column) => text.padEnd(widths[column])).join(' | ')} |`;
  const [head, ...body] = rows;
  return [
    line(head),
    line(widths.map(width => '-'.repeat(width))),
    ...body.map(line),
  ].join('\n');
}

/** What a full run saw, as a page. */
export function writeReport(reports: Report[], machine: string): string {
  const steps = [
    ...new Set(reports.flatMap(({ results }) => results.map(r => r.step))),
  ];
  const of = (report: Report, step: string) =>
    report.results.find(result => result.step === step);
  const skipped = [
    ...new Set(
      reports
        .flatMap(({ results }) => results)
        .filter(({ ended }) => ended === 'skipped')
        .map(({ step, reason }) => `- ${step}: ${reason}`),
    ),
  ];
  const tools = [...new Set(reports.flatMap(report => report.tools))].sort();
  return `# Checks of golden paths

Written by \`npm run templates:test\`, which renders each template, builds what came out, starts it and looks at it; see [Add a golden path](../how-to/add-a-golden-path.md#test-it). Seconds, on ${machine}.

${table([
  [
    'Step',
    ...reports.map(({ template }) => `${template.name} ${template.version}`),
  ],
  ...steps.map(step => [
    step,
    ...reports.map(report => cell(of(report, step))),
  ]),
])}

An empty cell is a step that the template has nothing for.

## Tools

${tools.map(tool => `- ${tool}`).join('\n')}

## Skipped

${skipped.length ? skipped.join('\n') : 'Nothing: every tool could be had.'}
`;
}
