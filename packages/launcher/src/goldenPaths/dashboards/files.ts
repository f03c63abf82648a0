import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../../paths.ts';
import { ofData } from './data.ts';
import { drawDashboard, type Board } from './drawn.ts';
import { ofEvents } from './events.ts';
import { ofPages } from './pages.ts';
import { ofRequests } from './requests.ts';

const text = (board: Board) => JSON.stringify(drawDashboard(board), null, 2);

const file = (owner: string) =>
  path.join(
    ...[paths.root, 'templates', owner],
    ...['deploy', 'monitoring', 'dashboard.json.njk'],
  );

/** The files of templates that are dashboards, and what has to stand in them. */
export function dashboardFiles(): { file: string; text: string }[] {
  return [
    {
      file: file(path.join('layers', 'observability')),
      text: `{% if values.serves == 'events' -%}
${text(ofEvents)}
{%- else -%}
${text(ofRequests)}
{%- endif %}
`,
    },
    {
      file: file(path.join('data-pipeline', 'skeleton')),
      text: `${text(ofData)}\n`,
    },
    {
      file: file(path.join('react-frontend', 'skeleton')),
      text: `${text(ofPages)}\n`,
    },
  ];
}

/** Writes them; a test fails while one of them is older than what it is drawn from. */
export async function writeDashboards(): Promise<string[]> {
  const files = dashboardFiles();
  for (const one of files) await fs.writeFile(one.file, one.text);
  return files.map(one => path.relative(paths.root, one.file));
}
