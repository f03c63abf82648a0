import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { paths } from '../paths.ts';
import { runIn, type Repository } from './step.ts';
import { portalUrl } from './template.ts';

const place = path.join('deploy', 'monitoring');

/** Where a repository keeps what watches over it. */
export const monitoring = ({ folder }: Repository) => path.join(folder, place);

/** Names of files there, such as those that a layer brings and those of the template itself. */
async function filesOf(
  repository: Repository,
  ending: string,
): Promise<string[]> {
  const names = await fs.readdir(monitoring(repository));
  return names.filter(name => name.endsWith(ending)).sort();
}

/** Names of the files with rules for Prometheus. */
export const rulesOf = (repository: Repository) =>
  filesOf(repository, 'alerts.yaml');

type RuleFile = {
  groups: {
    rules: { alert?: string; annotations?: { runbook_url?: string } }[];
  }[];
};

/** The anchor that a heading has in the docs. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .trim()
    .replaceAll(' ', '-');

/** Whoever is woken finds what to do: each alert names a heading in the docs of the repository. */
async function checkRunbooks(
  { folder, answers }: Repository,
  rules: string,
): Promise<void> {
  const text = await fs.readFile(path.join(folder, place, rules), 'utf8');
  const { groups }: RuleFile = parse(text);
  for (const { alert, annotations } of groups.flatMap(group => group.rules)) {
    if (!alert) continue;
    const url = annotations?.runbook_url ?? '';
    assert.ok(
      url.startsWith(`${portalUrl}/docs/`),
      `${alert} has the runbook "${url}", which is not in the portal`,
    );
    const [, name, page, anchor] =
      /\/docs\/default\/component\/([^/]+)\/([\w-]+)\/#([\w-]+)$/.exec(url) ??
      [];
    assert.equal(name, answers.name, `${alert} has the runbook "${url}"`);
    const docs = await fs.readFile(
      path.join(folder, 'docs', `${page}.md`),
      'utf8',
    );
    const anchors = [...docs.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      anchorOf(heading),
    );
    assert.ok(
      anchors.includes(anchor),
      `${alert} leads to #${anchor}, which docs/${page}.md lacks`,
    );
  }
}

/**
 * Rules can be read, lead to a runbook, and fire when their tests say so; rules
 * without a test are refused.
 */
export async function checkAlerts(
  repository: Repository,
  program: string,
): Promise<void> {
  for (const rules of await rulesOf(repository)) {
    await checkRunbooks(repository, rules);
    for (const args of [
      ['check', 'rules', '--lint-fatal', rules],
      ['test', 'rules', rules.replace(/yaml$/, 'test.yaml')],
    ]) {
      await runIn(repository, 'alerts', program, [
        ...args.slice(0, -1),
        path.join(place, args[args.length - 1]),
      ]);
    }
  }
}

type Dashboard = {
  panels: { id: number; targets: { expr: string }[] }[];
  uid: string;
  schemaVersion: number;
};

/** The dashboards of a repository, as Grafana would import them. */
export async function readDashboards(
  repository: Repository,
): Promise<Dashboard[]> {
  return Promise.all(
    (await filesOf(repository, 'dashboard.json')).map(async name =>
      JSON.parse(
        await fs.readFile(path.join(monitoring(repository), name), 'utf8'),
      ),
    ),
  );
}

/** Rules hold the same expressions as panels, and there is a checker for rules. */
export async function checkDashboards(
  repository: Repository,
  program: string,
): Promise<void> {
  const dashboards = await readDashboards(repository);
  for (const { panels, uid, schemaVersion } of dashboards) {
    assert.ok(schemaVersion >= 39);
    assert.match(uid, /^[\w-]{1,40}$/, 'what Grafana takes for an id');
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  }
  assert.equal(
    new Set(dashboards.map(({ uid }) => uid)).size,
    dashboards.length,
  );
  const rules = dashboards.flatMap(({ uid, panels }) =>
    panels.flatMap(({ id, targets }) =>
      targets.map(({ expr }, index) => ({
        record: `panel:${uid.replaceAll('-', '_')}:${id}:${index}`,
        expr: expr.replaceAll('$__rate_interval', '5m'),
      })),
    ),
  );
  assert.ok(rules.length > 0);
  const scratch = path.join(
    paths.home,
    'templates',
    `${repository.name}-dashboard.yaml`,
  );
  await fs.mkdir(path.dirname(scratch), { recursive: true });
  await fs.writeFile(
    scratch,
    stringify({ groups: [{ name: 'dashboard', rules }] }),
  );
  await runIn(repository, 'dashboard', program, ['check', 'rules', scratch]);
}
