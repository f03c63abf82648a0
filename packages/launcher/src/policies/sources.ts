import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { paths } from '../paths.ts';

/** What a platform team edits. */
export const policies = path.join(paths.root, 'policies');

/** What the portal runs: compiled rules, and the settings they read. */
export const compiled = path.join(
  paths.root,
  'plugins',
  'infrastructure-backend-module-opa',
  'compiled',
);

/** Where the rules, as OPA reads them, find the digest of themselves. */
export const revisionFile = path.join(policies, 'revision', 'data.json');

/** What a platform team sets without touching a rule. */
export const settingsFile = path.join(policies, 'settings', 'data.yaml');

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap(entry =>
      entry.isDirectory()
        ? filesBelow(path.join(folder, entry.name))
        : [path.join(folder, entry.name)],
    );
}

function digest(files: string[]): string {
  const sum = createHash('sha256');
  for (const file of [...files].sort()) {
    const text = fs.readFileSync(file);
    // Lengths, so that no text can look like the next file's name.
    sum.update(`${path.relative(policies, file)}\n${text.length}\n`);
    sum.update(text);
  }
  return `sha256:${sum.digest('hex')}`;
}

/** Digests of the rules alone, and of the rules with their settings, which is what decides. */
export function digests(): { rules: string; revision: string } {
  const rules = filesBelow(policies).filter(
    file => file.endsWith('.rego') && !file.endsWith('_test.rego'),
  );
  return { rules: digest(rules), revision: digest([...rules, settingsFile]) };
}
