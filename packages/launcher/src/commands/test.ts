import fs from 'node:fs/promises';
import path from 'node:path';
import { say, step } from '../console/progress.ts';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { startPortal } from '../portal/portal.ts';
import { becomeOnlyLauncher } from '../processes/registry.ts';
import { add, countsOfJest, countsOfNode, none } from '../testing/counts.ts';
import {
  startTestDatabase,
  testDatabaseEnvironment,
} from '../testing/databases.ts';
import { runPhase, tool, type Finished, type Phase } from '../testing/phase.ts';
import { bringBrowser } from '../toolchain/browser.ts';
import { bringOpa } from '../toolchain/opa.ts';
import { bringHadolint } from '../toolchain/hadolint.ts';

const tests = path.join(paths.root, 'packages', 'launcher', 'tests');

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
    { env, count: countsOfNode },
  );
}

const yarn = (...args: string[]) => tool('yarn', args);

/** A portal with fresh data, and what may be asked of it from outside. */
async function withPortal(browser: string | undefined) {
  const routes = path.join(paths.home, 'routes.json');
  await fs.rm(routes, { force: true });
  process.env.WAYMARK_ROUTES_FILE = routes;
  // Asking for every route as a stranger looks like an attack, and is to be let through here.
  process.env.APP_CONFIG_waymark_http_rateLimit_refused = '100000';
  process.env.NODE_OPTIONS = `--require ${path.join(
    tests,
    'support',
    'recordRoutes.cjs',
  )}`;
  const portal = await startPortal();
  delete process.env.NODE_OPTIONS;
  try {
    const api = await nodeTests('portal');
    const pages = await nodeTests('browser', {
      WAYMARK_BROWSER: browser ?? '',
    });
    return {
      passed: api.passed && pages.passed,
      counts: add(api.counts, pages.counts),
    };
  } finally {
    await portal.stop();
  }
}

/** The parts of `npm test`, from the quickest answer to the slowest. */
function phases(): Phase[] {
  return [
    { name: 'Types', run: () => yarn('tsc') },
    { name: 'Lint', run: () => yarn('backstage-cli', 'repo', 'lint') },
    { name: 'Format', run: () => yarn('prettier', '--check', '.') },
    { name: 'The house', run: () => nodeTests('house') },
    { name: 'Policies', run: () => nodeTests('policies') },
    { name: 'Modules', run: () => nodeTests('modules') },
    { name: 'Demo story', run: () => nodeTests('demo') },
    {
      name: 'Deployment files',
      async run() {
        const linter = await bringHadolint();
        return nodeTests('deployment', {
          PATH: [linter, process.env.PATH].filter(Boolean).join(path.delimiter),
        });
      },
    },
    {
      name: 'Units on real PostgreSQL',
      async run() {
        const opa = await bringOpa().catch(() => undefined);
        const database = await startTestDatabase();
        try {
          return await tool(
            'yarn',
            // Without the last word it watches, and runs only what changed since the last commit.
            [
              'backstage-cli',
              'repo',
              'test',
              '--ci',
              '--maxWorkers=2',
              '--watchAll=false',
            ],
            {
              env: {
                ...testDatabaseEnvironment(database),
                ...(opa && { WAYMARK_OPA: opa }),
              },
              count: countsOfJest,
            },
          );
        } finally {
          await database.stop();
        }
      },
    },
    {
      name: 'The running portal, in APIs and in a browser',
      async run() {
        const browser = await step('Chromium', bringBrowser);
        return withPortal(browser);
      },
    },
    {
      name: 'An organisation in production',
      run: () => nodeTests('organisation'),
    },
    { name: 'Starts, kills and faults', run: () => nodeTests('faults') },
  ];
}

function summarise(finished: Finished[]): void {
  say('\n── Summary');
  for (const { name, passed, seconds, counts } of finished) {
    const tally = counts.passed + counts.failed + counts.skipped;
    say(
      `  ${passed ? '✓' : '✗'} ${name.padEnd(48)} ${seconds
        .toFixed(0)
        .padStart(4)} s${tally ? `   ${counts.passed} of ${tally} tests` : ''}`,
    );
  }
  const total = finished.map(({ counts }) => counts).reduce(add, none);
  say(
    `\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`,
  );
}

/**
 * `npm test`: every part, or the one whose name begins with the given word
 * (`npm test -- types`). Goes on after a failure, so that one run shows all.
 */
export async function test([wanted]: string[]): Promise<void> {
  const chosen = phases().filter(
    ({ name }) =>
      !wanted || name.toLowerCase().startsWith(wanted.toLowerCase()),
  );
  if (!chosen.length) {
    throw new LaunchFailure(
      `No part of the tests begins with "${wanted}".`,
      `Choose one of: ${phases()
        .map(({ name }) => name)
        .join(', ')}.`,
    );
  }
  await fs.rm(paths.home, { recursive: true, force: true });
  await becomeOnlyLauncher();
  const finished: Finished[] = [];
  for (const phase of chosen) finished.push(await runPhase(phase));
  summarise(finished);
  const failed = finished.filter(({ passed }) => !passed);
  if (failed.length) {
    throw new LaunchFailure(
      `Failed: ${failed.map(({ name }) => name).join(', ')}.`,
      'The reasons stand above, each below its headline.',
    );
  }
}
