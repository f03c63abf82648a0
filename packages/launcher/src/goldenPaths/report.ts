import type { Report, Result } from './check.ts';

/** The page of docs/reference that the full run writes. */
export const reportPage = 'docs/reference/golden-path-checks.md';

function cell(result: Result): string {
  if (result.ended === 'has none') return '';
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

/** What is known of one template: a cell for each step that was looked at. */
type Column = { title: string; cells: Map<string, string> };

type Page = { columns: Column[]; tools: string[]; skipped: string[] };

const nothingSkipped = 'Nothing: every tool could be had.';

/** Lines of a section that are items of its list. */
const itemsOf = (page: string, section: string): string[] =>
  (page.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter(line => line.startsWith('- '));

/** Reads a page that `writeReport` wrote; of any other text, nothing. */
function readPage(page: string): Page {
  const [head = [], , ...rows] = page
    .split('\n')
    .filter(line => line.startsWith('|'))
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(text => text.trim()),
    );
  return {
    columns: head.slice(1).map((title, index) => ({
      title,
      cells: new Map(rows.map(row => [row[0], row[index + 1]])),
    })),
    tools: itemsOf(page, 'Tools'),
    skipped: itemsOf(page, 'Skipped'),
  };
}

const nameOf = ({ title }: Column) => title.split(' ')[0];

/** A tool as the page names it, without its version. */
const toolOf = (line: string) => line.split(' ').slice(0, -1).join(' ');

function pageOf(reports: Report[]): Page {
  return {
    columns: reports.map(({ template, results }) => ({
      title: `${template.name} ${template.version}`,
      cells: new Map(results.map(result => [result.step, cell(result)])),
    })),
    tools: reports.flatMap(({ tools }) => tools.map(tool => `- ${tool}`)),
    skipped: reports
      .flatMap(({ results }) => results)
      .filter(({ ended }) => ended === 'skipped')
      .map(({ step, reason }) => `- ${step}: ${reason}`),
  };
}

/** What is known when some templates were looked at again. */
function join(before: Page, now: Page): Page {
  const again = new Set(now.columns.map(nameOf));
  const used = new Set(now.tools.map(toolOf));
  return {
    columns: [
      ...before.columns.filter(column => !again.has(nameOf(column))),
      ...now.columns,
    ].sort((a, b) => (a.title < b.title ? -1 : 1)),
    tools: [
      ...before.tools.filter(line => !used.has(toolOf(line))),
      ...now.tools,
    ],
    skipped: [
      ...before.skipped.filter(line => {
        const step = line.slice(2).split(':')[0];
        return !now.columns.some(({ cells }) => cells.get(step));
      }),
      ...now.skipped,
    ],
  };
}

/**
 * What runs saw, as a page.
 *
 * @param order - the names of all steps
 * @param before - the page so far, whose other templates are kept
 */
export function writeReport(
  reports: Report[],
  order: string[],
  machine: string,
  before = '',
): string {
  const { columns, ...lists } = join(readPage(before), pageOf(reports));
  const steps = order.filter(step =>
    columns.some(({ cells }) => cells.has(step)),
  );
  const skipped = [...new Set(lists.skipped)];
  return `# Checks of golden paths

Written by \`npm run templates:test\`, which renders each template, builds what came out, starts it and looks at it; see [Add a golden path](../how-to/add-a-golden-path.md#test-it). Seconds, on ${machine}.

${table([
  ['Step', ...columns.map(({ title }) => title)],
  ...steps.map(step => [
    step,
    ...columns.map(({ cells }) => cells.get(step) ?? 'not run'),
  ]),
])}

An empty cell is a step that the template has nothing for; \`not run\` is one that came later than the last run over that template.

## Tools

${[...new Set(lists.tools)].sort().join('\n')}

## Skipped

${skipped.length ? skipped.join('\n') : nothingSkipped}
`;
}
