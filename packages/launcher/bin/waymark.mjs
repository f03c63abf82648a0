#!/usr/bin/env node
/*
 * What runs first on a bare machine, once waymark.cjs has seen that Node is new
 * enough: plain JavaScript for Node 20 or newer, with no dependency. It brings
 * Node 22 and Yarn where they are missing, installs the workspace, and hands
 * over to the TypeScript in ../src.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../..',
);
const home = path.join(root, '.waymark');
const toolchain = path.join(home, 'toolchain');
const [command = 'start', ...args] = process.argv.slice(2);

/** Versions the launcher brings when the machine has none that fits. */
const NODE_VERSION = '22.23.3';
const YARN_VERSION = '4.18.1';

class BootstrapError extends Error {
  constructor(problem, remedy) {
    super(problem);
    this.remedy = remedy;
  }
}

function say(line) {
  // Not to standard output: that belongs to the command, which may print a token.
  process.stderr.write(`${line}\n`);
}

/** Runs a program, keeps what it prints in a log, and shows only its last words when it fails. */
function run(program, programArgs, { log, env = {}, what, remedy }) {
  fs.mkdirSync(path.dirname(log), { recursive: true });
  const out = fs.openSync(log, 'w');
  return new Promise((resolve, reject) => {
    const child = spawn(program, programArgs, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', out, out],
    });
    child.on('error', error =>
      reject(
        new BootstrapError(`${what} could not start: ${error.message}`, remedy),
      ),
    );
    child.on('exit', code => {
      fs.closeSync(out);
      if (code === 0) {
        resolve();
        return;
      }
      const words = fs.readFileSync(log, 'utf8');
      reject(explain(what, words, remedy, path.relative(root, log)));
    });
  });
}

/** One clear sentence for the failures that a first start really meets. */
function explain(what, words, remedy, log) {
  if (/ENOSPC|no space left/i.test(words)) {
    return new BootstrapError(
      `${what} stopped: the disk is full.`,
      'Free about 4 GB on this disk and run the same command again.',
    );
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network|getaddrinfo|RequestError/i.test(
      words,
    )
  ) {
    return new BootstrapError(
      `${what} stopped: the package registry could not be reached.`,
      `Check the network (or the proxy and registry settings of npm and Yarn) and run the same command again. Details: ${log}`,
    );
  }
  return new BootstrapError(
    `${what} failed.`,
    remedy ?? `Read ${log} for the reason.`,
  );
}

function nodeFits(version) {
  const [major, minor] = version.split('.').map(Number);
  return (major === 22 && minor >= 18) || major === 24;
}

function hash(...files) {
  const sum = createHash('sha256');
  for (const file of files) sum.update(fs.readFileSync(file));
  return sum.digest('hex');
}

/** Installs one package from the npm registry into its own folder of the toolchain. */
async function bring(folder, spec, what) {
  const target = path.join(toolchain, folder);
  // Installed beside and renamed, so that a killed installation is never taken for a whole one.
  const partial = `${target}.partial`;
  fs.rmSync(partial, { recursive: true, force: true });
  fs.mkdirSync(partial, { recursive: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await run(
    npm,
    [
      'install',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--prefix',
      partial,
      spec,
    ],
    {
      log: path.join(home, 'logs', `${folder}.log`),
      what,
    },
  );
  fs.rmSync(target, { recursive: true, force: true });
  fs.renameSync(partial, target);
}

async function bringNode() {
  if (nodeFits(process.versions.node)) return process.execPath;
  const platform = `node-${
    process.platform === 'win32' ? 'win' : process.platform
  }-${process.arch}`;
  const base = path.join(toolchain, 'node', 'node_modules', platform);
  const binary = path.join(base, 'bin', 'node');
  const current =
    fs.existsSync(binary) &&
    JSON.parse(fs.readFileSync(path.join(base, 'package.json'), 'utf8'))
      .version === NODE_VERSION;
  if (!current) {
    say(
      `  … Node ${process.versions.node} is not 22 or 24: bringing Node ${NODE_VERSION} for Waymark alone`,
    );
    await bring(
      'node',
      `${platform}@${NODE_VERSION}`,
      `Bringing Node ${NODE_VERSION}`,
    );
    fs.chmodSync(binary, 0o755);
  }
  return binary;
}

async function bringYarn() {
  const entry = path.join(
    toolchain,
    'yarn',
    'node_modules',
    '@yarnpkg',
    'cli-dist',
  );
  const current =
    fs.existsSync(path.join(entry, 'bin', 'yarn.js')) &&
    JSON.parse(fs.readFileSync(path.join(entry, 'package.json'), 'utf8'))
      .version === YARN_VERSION;
  if (!current) {
    say(`  … bringing Yarn ${YARN_VERSION}`);
    await bring(
      'yarn',
      `@yarnpkg/cli-dist@${YARN_VERSION}`,
      `Bringing Yarn ${YARN_VERSION}`,
    );
  }
  return path.join(entry, 'bin', 'yarn.js');
}

async function installDependencies(node, yarn, env) {
  const stamp = path.join(root, 'node_modules', '.waymark-installed');
  const manifests = ['packages', 'plugins']
    .filter(folder => fs.existsSync(path.join(root, folder)))
    .flatMap(folder =>
      fs
        .readdirSync(path.join(root, folder))
        .map(name => path.join(root, folder, name, 'package.json')),
    )
    .filter(file => fs.existsSync(file));
  const wanted = hash(
    path.join(root, 'package.json'),
    path.join(root, 'yarn.lock'),
    ...manifests.sort(),
  );
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;
  say('  … installing dependencies (about 2 minutes the first time)');
  const started = Date.now();
  await run(node, [yarn, 'install', '--immutable'], {
    log: path.join(home, 'logs', 'install.log'),
    env,
    what: 'Installing dependencies',
  });
  fs.writeFileSync(stamp, wanted);
  say(
    `  ✓ Dependencies installed in ${Math.round(
      (Date.now() - started) / 1000,
    )} s`,
  );
}

/** `yarn`, `node` and `npx` as child processes of the tools must see them. */
function writeShims(node, yarn) {
  const bin = path.join(toolchain, 'bin');
  fs.mkdirSync(bin, { recursive: true });
  const write = (name, text) =>
    fs.writeFileSync(path.join(bin, name), text, { mode: 0o755 });
  write('yarn', `#!/bin/sh\nexec "${node}" "${yarn}" "$@"\n`);
  write('node', `#!/bin/sh\nexec "${node}" "$@"\n`);
  return bin;
}

async function main() {
  const git = spawn('git', ['--version'], { stdio: 'ignore' });
  await new Promise((resolve, reject) => {
    git.on('error', () =>
      reject(
        new BootstrapError(
          'Git is not installed.',
          'Install Git and run the same command again.',
        ),
      ),
    );
    git.on('exit', resolve);
  });

  const node = await bringNode();
  const yarn = await bringYarn();
  const bin = writeShims(node, yarn);
  const env = {
    PATH: `${bin}${path.delimiter}${path.dirname(node)}${path.delimiter}${
      process.env.PATH
    }`,
    // Headers that came with this Node, so that a native module never downloads them.
    npm_config_nodedir: path.resolve(path.dirname(node), '..'),
    // A corporate registry may be set for npm alone; Yarn reads its own variable.
    ...(process.env.npm_config_registry && !process.env.YARN_NPM_REGISTRY_SERVER
      ? {
          YARN_NPM_REGISTRY_SERVER: process.env.npm_config_registry.replace(
            /\/$/,
            '',
          ),
        }
      : {}),
  };
  if (command !== 'reset') await installDependencies(node, yarn, env);

  // Tests never touch the data, nor the ports, of the portal a person tries.
  const isolation =
    command === 'test'
      ? { WAYMARK_HOME: path.join(home, 'test'), WAYMARK_PORT: '17007' }
      : {};
  const child = spawn(
    node,
    [
      '--disable-warning=ExperimentalWarning',
      '--experimental-strip-types',
      path.join(root, 'packages/launcher/src/main.ts'),
      command,
      ...args,
    ],
    {
      cwd: root,
      env: { ...process.env, ...env, ...isolation },
      stdio: 'inherit',
    },
  );
  // The terminal sends Ctrl-C to the whole group; the child decides when all is down.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code ?? 1));
}

main().catch(error => {
  process.stderr.write(
    `\n  ✗ ${error.message}\n${error.remedy ? `    ${error.remedy}\n` : ''}\n`,
  );
  process.exit(1);
});
