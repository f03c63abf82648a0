import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { signIn } from '../../../src/identity/signIn.ts';
import { portalUrl } from '../../../src/portal/environment.ts';
import type { KnownOf } from './known.ts';

/** One portal, asked by one person for all that one plugin offers. */
export type Fuzz = {
  plugin: string;
  person: string;
  known: KnownOf[];
  /** `coverage` goes to the edges of every field; `fuzzing` makes up whole requests. */
  phases: ('coverage' | 'fuzzing')[];
  examples: number;
};

/**
 * What an answer must be. That what fits the document is taken is not among
 * them: a name may fit its pattern and well be unknown, and that is a refusal.
 */
const checks = `
[checks]
enabled = false
not_a_server_error.enabled = true
status_code_conformance.enabled = true
content_type_conformance.enabled = true
response_headers_conformance.enabled = true
response_schema_conformance.enabled = true

[checks.negative_data_rejection]
enabled = true
# The last is an address that is too long to be read.
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 415, 422, 414]

# A body of lines is text, and any text is one: what is wrong in it is answered line by line.
[[operations]]
include-path = "/import"
checks.negative_data_rejection.enabled = false
`;

/** What exists is asked for as often as what is made up. */
const probability = 0.6;

// Strings and lists are written in TOML as they are in JSON.
const toml = (value: unknown) => JSON.stringify(value);

function parametersOf(values: KnownOf['values'], index: number): string {
  return Object.keys(values)
    .map(
      place =>
        `${toml(place)} = { dictionary = ${toml(
          `${index} ${place}`,
        )}, probability = ${probability} }`,
    )
    .join('\n');
}

/** The settings of a run, which only its own user can read: they hold a token. */
function settings(known: KnownOf[], token: string): string {
  const everywhere = known.findIndex(one => !one.path);
  return [
    `hooks = ${toml(path.join(import.meta.dirname, 'hooks.py'))}`,
    '[headers]',
    `authorization = ${toml(`Bearer ${token}`)}`,
    ...known.flatMap(({ values }, index) =>
      Object.entries(values).flatMap(([place, found]) => [
        `[dictionaries.${toml(`${index} ${place}`)}]`,
        `values = ${toml(found)}`,
      ]),
    ),
    ...(everywhere < 0
      ? []
      : ['[parameters]', parametersOf(known[everywhere].values, everywhere)]),
    ...known.flatMap((one, index) =>
      one.path
        ? [
            '[[operations]]',
            `include-path-regex = ${toml(one.path.source)}`,
            '[operations.parameters]',
            parametersOf(one.values, index),
          ]
        : [],
    ),
    checks,
  ].join('\n');
}

/**
 * Asks a plugin of the running portal for whatever its API document allows and
 * for what it does not, the same in every run.
 *
 * @returns how Schemathesis ended, and what it said
 */
export async function fuzz(
  schemathesis: string,
  { plugin, person, known, phases, examples }: Fuzz,
): Promise<{ code: number | null; said: string }> {
  const token = await signIn(portalUrl, person);
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-contract-'));
  try {
    const document = await fetch(`${portalUrl}/api/${plugin}/openapi.json`, {
      headers: { authorization: `Bearer ${token}` },
    });
    await fs.writeFile(
      path.join(folder, 'openapi.json'),
      await document.text(),
    );
    const config = path.join(folder, 'schemathesis.toml');
    await fs.writeFile(config, settings(known, token), { mode: 0o600 });
    const child = spawn(
      schemathesis,
      [
        ...['--config-file', config, 'run', 'openapi.json', '--no-color'],
        ...['--url', `${portalUrl}/api/${plugin}`],
        ...['--phases', phases.join(','), '--max-examples', String(examples)],
        '--generation-deterministic',
        ...['--continue-on-failure', '--no-shrink', '--warnings', 'off'],
        ...['--request-timeout', '20'],
      ],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk;
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { code, said };
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}
