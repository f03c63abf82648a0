import fs from 'node:fs/promises';
import path from 'node:path';
import { step } from '../console/progress.ts';
import {
  checkMigration,
  checkTemplate,
  type Result,
} from '../goldenPaths/check.ts';
import { readMigrations, readTemplates } from '../goldenPaths/template.ts';
import { paths } from '../paths.ts';
import { bringFrontend, startPortal } from '../portal/portal.ts';
import { bringBrowser } from '../toolchain/browser.ts';
import { bringMkDocs } from '../toolchain/docs.ts';
import { bringHadolint } from '../toolchain/hadolint.ts';
import { bringOpa } from '../toolchain/opa.ts';
import { startTestDatabase, testDatabaseEnvironment } from './databases.ts';
import { once } from './once.ts';
import { together, tool, type Phase, type PhaseResult } from './phase.ts';
import { paperCatalog } from './paperCatalog.ts';
import { jest, node } from './runners.ts';

const tests = path.join(paths.root, 'packages', 'launcher', 'tests');

/**
 * Parts that start servers of their own beside those of another part: in one
 * folder they would take each other's for what a killed launcher left.
 */
const apart = (folder: string) => ({
  WAYMARK_HOME: path.join(paths.home, folder),
});

/** Node's own test runner over the files of one folder, one file after the other. */
function nodeTests(folder: string, env: NodeJS.ProcessEnv = {}) {
  return tool(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--experimental-strip-types',
      '--test',
      '--test-concurrency=1',
      '--test-reporter=spec',
      path.join(tests, folder, '**', '*.test.ts'),
    ],
    {
      env: {
        // Every portal that a test starts finds what another has compiled.
        NODE_COMPILE_CACHE: path.join(paths.cache, 'compiled'),
        ...env,
      },
      runner: node,
    },
  );
}

const yarn = (...args: string[]) => tool('yarn', args);

/** What the parts of one run share, so that two of them never bring the same at once. */
function sharedTools() {
  const mkDocs = once(bringMkDocs);
  return {
    opa: once(() => bringOpa().catch(() => undefined)),
    hadolint: once(async () => {
      await mkDocs();
      return bringHadolint();
    }),
    /** What `npm start` would bring and build before anything runs. */
    start: once(async () => {
      await mkDocs();
      await bringFrontend();
    }),
  };
}

/** A portal with fresh data, and what may be asked of it from outside. */
async function withPortal(browser: string | undefined): Promise<PhaseResult> {
  const routes = { WAYMARK_ROUTES_FILE: path.join(paths.home, 'routes.json') };
  await fs.rm(routes.WAYMARK_ROUTES_FILE, { force: true });
  const portal = await startPortal({
    ...routes,
    ...(await paperCatalog()),
    // Asking for every route as a stranger looks like an attack, and is to be let through here.
    APP_CONFIG_waymark_http_rateLimit_refused: '100000',
    NODE_OPTIONS: `--require ${path.join(
      tests,
      'support',
      'recordRoutes.cjs',
    )}`,
  });
  try {
    const api = await nodeTests('portal', routes);
    const pages = await nodeTests('browser', {
      WAYMARK_BROWSER: browser ?? '',
    });
    // Last, for it leaves behind whatever it made up.
    const contract = await nodeTests('contract');
    return together([api, pages, contract]);
  } finally {
    await portal.stop();
  }
}

/**
 * Jest over one half of all files beside the code; `opa` compiles policies
 * where it is there. In two halves, neither core waits for the other.
 */
async function units(
  half: 1 | 2,
  opa: string | undefined,
): Promise<PhaseResult> {
  const database = await startTestDatabase(`postgres-${half}`);
  try {
    return await tool(
      'yarn',
      [
        ...['backstage-cli', 'repo', 'test', '--ci'],
        // Backstage's own, with what all packages load compiled once.
        ...['--config', 'jest.config.js'],
        `--shard=${half}/2`,
        // A worker, although it is only one, since it is begun anew when it has grown.
        ...['--maxWorkers=1', '--workerIdleMemoryLimit=2GB'],
        // Without it, it watches, and runs only what changed since the last commit.
        '--watchAll=false',
      ],
      {
        env: {
          ...testDatabaseEnvironment(database),
          ...(opa && { WAYMARK_OPA: opa }),
        },
        runner: jest,
      },
    );
  } finally {
    await database.stop();
  }
}

/** What the golden paths become, as far as it can be seen without installing it. */
async function goldenPaths(): Promise<PhaseResult> {
  const reports = [];
  for (const template of await readTemplates()) {
    reports.push(await checkTemplate(template, false));
  }
  // Their dry run is among the tests of the running portal.
  for (const template of await readMigrations()) {
    reports.push(await checkMigration(template, false));
  }
  const results = reports.flatMap(report => report.results);
  const count = (ended: Result['ended']) =>
    results.filter(result => result.ended === ended).length;
  const failed = count('failed');
  const looked = {
    passed: count('passed'),
    failed,
    skipped: count('skipped'),
  };
  const failures = reports.flatMap(({ template, results: ended }) =>
    ended
      .filter(result => result.ended === 'failed')
      .map(({ step: name, reason }) => `${template.name}, ${name}: ${reason}`),
  );
  const noticed = await nodeTests('goldenPaths');
  return together([
    { passed: failed === 0, counts: looked, failures },
    noticed,
  ]);
}

/** The parts of `npm test`: first the quick answers, then the longest. */
export function parts(): Phase[] {
  const tools = sharedTools();
  return [
    { name: 'Types', cores: 1, run: () => yarn('tsc') },
    {
      name: 'Lint',
      cores: 1,
      run: () => yarn('backstage-cli', 'repo', 'lint'),
    },
    {
      name: 'Format',
      cores: 1,
      run: () => yarn('prettier', '--check', '.'),
    },
    { name: 'The house', cores: 1, run: () => nodeTests('house') },
    {
      name: 'Policies',
      cores: 1,
      run: async () =>
        nodeTests('policies', { WAYMARK_OPA: (await tools.opa()) ?? '' }),
    },
    { name: 'Modules', cores: 1, run: () => nodeTests('modules') },
    { name: 'Demo story', cores: 1, run: () => nodeTests('demo') },
    {
      name: 'Deployment files',
      cores: 1,
      async run() {
        const linter = await tools.hadolint();
        return nodeTests('deployment', {
          PATH: [linter, process.env.PATH].filter(Boolean).join(path.delimiter),
        });
      },
    },
    {
      name: 'Golden paths',
      cores: 1,
      async run() {
        // It wants MkDocs and hadolint, which others bring as well.
        await tools.hadolint();
        return goldenPaths();
      },
    },
    {
      name: 'Starts, kills and faults',
      cores: 1,
      async run() {
        await tools.start();
        // Begun anew in each run, so that it is never that of another state of the code.
        const kept = path.join(paths.home, 'faults', 'kept-start');
        await fs.rm(kept, { recursive: true, force: true });
        await fs.mkdir(path.dirname(kept), { recursive: true });
        return nodeTests('faults', {
          ...apart('faults'),
          WAYMARK_KEPT_START: kept,
        });
      },
    },
    {
      name: 'The running portal, in APIs and in a browser',
      cores: 1,
      async run() {
        const browser = await step('Chromium', bringBrowser);
        await tools.start();
        return withPortal(browser);
      },
    },
    {
      name: 'An organisation in production',
      cores: 1,
      async run() {
        await tools.start();
        return nodeTests('organisation', apart('organisation'));
      },
    },
    ...([1, 2] as const).map(half => ({
      name: `Units on real PostgreSQL, half ${half}`,
      cores: 1,
      run: async () => units(half, await tools.opa()),
    })),
  ];
}
