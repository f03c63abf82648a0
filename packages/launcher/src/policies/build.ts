import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { paths } from '../paths.ts';
import { bringOpa } from '../toolchain/opa.ts';
import { runLogged } from '../toolchain/run.ts';
import { handbook, page } from './handbook.ts';
import {
  compiled,
  digests,
  policies,
  revisionFile,
  settingsFile,
} from './sources.ts';

/** Says from which rules the compiled file was made. */
const stampFile = path.join(compiled, 'rules.json');

async function writeJson(file: string, value: unknown): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

async function readDigest(file: string): Promise<string | undefined> {
  const text = await fs.readFile(file, 'utf8').catch(() => '{}');
  return JSON.parse(text).digest;
}

/**
 * Compiles the rules to WebAssembly.
 *
 * @throws LaunchFailure with what the compiler says of a rule
 */
export async function compilePolicies(target: string): Promise<void> {
  const opa = await bringOpa();
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-policies-'));
  try {
    const bundle = path.join(folder, 'bundle.tar.gz');
    await runLogged(
      'policies',
      opa,
      [
        // A relative folder: the compiler writes the names of files into what it makes.
        ...['build', '--bundle', path.relative(paths.root, policies)],
        ...['--ignore', '*_test.rego'],
        ...['--target', 'wasm', '--entrypoint', 'waymark/decision/answer'],
        ...['--output', bundle],
      ],
      { cwd: paths.root, remedy: 'Correct what is named.' },
    );
    const module = execFileSync('tar', ['-xzOf', bundle, '/policy.wasm'], {
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(target, module);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/**
 * Makes of the rules in `policies` what the portal runs. The compiler is only
 * needed where a rule changed: settings are data, and are written beside them.
 * The page about the rules is written as well.
 *
 * @returns the revision
 */
export async function buildPolicies(): Promise<string> {
  const { rules, revision } = digests();
  if ((await readDigest(stampFile)) !== rules) {
    await compilePolicies(path.join(compiled, 'policy.wasm'));
    await writeJson(stampFile, { digest: rules });
  }
  await writeJson(path.join(compiled, 'data.json'), {
    revision: { digest: revision },
    settings: parse(await fs.readFile(settingsFile, 'utf8')),
  });
  await writeJson(revisionFile, { digest: revision });
  await fs.writeFile(page, handbook());
  return revision;
}
