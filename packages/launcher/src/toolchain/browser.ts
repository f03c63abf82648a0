import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { runLogged } from './run.ts';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
];

const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = [
    process.env.WAYMARK_BROWSER,
    ...names.flatMap(name => folders.map(folder => path.join(folder, name))),
    ...elsewhere,
  ];
  return candidates.find(file => file && fs.existsSync(file));
}

function works(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** Installs Debian's Chromium where that is possible without asking for a password. */
async function installBrowser(): Promise<void> {
  const root = process.getuid?.() === 0;
  const sudo = root ? [] : ['sudo', '-n'];
  if (!works('apt-get', '--version')) return;
  if (!root && !works('sudo', '-n', 'true')) return;
  const remedy = 'Install Chromium and run npm test again.';
  for (const args of [
    ['update'],
    ['install', '-y', '--no-install-recommends', 'chromium'],
  ]) {
    const [program, ...rest] = [...sudo, 'apt-get', ...args];
    await runLogged(`chromium-${args[0]}`, program, rest, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      remedy,
    });
  }
}

/**
 * Finds a Chromium for the browser tests, installing Debian's when the machine
 * has none.
 *
 * @returns the program, or undefined when there is none and none can be had
 */
export async function bringBrowser(): Promise<string | undefined> {
  if (!findBrowser()) await installBrowser().catch(() => undefined);
  return findBrowser();
}
