import fs from 'node:fs';
import path from 'node:path';

const registration = /\b\w*[rR]egistry\.register\(\s*\{/g;
const named = /\b\w*[rR]egistry\.register\(\s*\{\s*name:\s*["']([\w-]+)["']/g;

type Manifest = {
  dependencies?: Record<string, string>;
  backstage?: { pluginId?: string };
};

function readManifest(folder: string): Manifest {
  return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

function sources(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      file => /\.(cjs\.js|ts)$/.test(file) && !/\.(d|test)\.ts$/.test(file),
    )
    .map(file => fs.readFileSync(path.join(folder, file), 'utf8'));
}

/**
 * The ids of all actions that the backend's plugins register, read from their
 * code: a running registry only tells those that its filter lets through.
 *
 * @param backend - folder of the backend's package
 * @throws Error when an action's name does not stand beside its registration
 */
export function registeredActions(backend: string): string[] {
  // Plugins say in their names that they are one.
  const packages = Object.keys(readManifest(backend).dependencies ?? {}).filter(
    name => /-backend(-|$)/.test(name),
  );
  return packages.flatMap(name => {
    const manifest = require.resolve(`${name}/package.json`, {
      paths: [backend],
    });
    const folder = fs.realpathSync(path.dirname(manifest));
    const pluginId = readManifest(folder).backstage?.pluginId;
    if (!pluginId) return [];
    const code = ['dist', 'src']
      .map(part => path.join(folder, part))
      .filter(part => fs.existsSync(part))
      .slice(0, 1)
      .flatMap(sources);
    return code.flatMap(text => {
      const names = [...text.matchAll(named)].map(([, action]) => action);
      if (names.length !== [...text.matchAll(registration)].length) {
        throw new Error(`${name} registers an action whose name is computed`);
      }
      return names.map(action => `${pluginId}:${action}`);
    });
  });
}
