import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../..',
);

/** Everything the launcher brings or keeps lives in this one ignored folder. */
const home = process.env.WAYMARK_HOME
  ? path.resolve(process.env.WAYMARK_HOME)
  : path.join(root, '.waymark');

/** Where each kind of thing lives below the launcher's folder. */
export const paths = {
  root,
  home,
  /** Node, Yarn, MkDocs: can be brought again, so tests share the tree's own. */
  toolchain: path.join(root, '.waymark', 'toolchain'),
  /** What the portal must not lose: database, repositories, keys. */
  data: path.join(home, 'data'),
  postgres: path.join(home, 'data', 'postgres'),
  repositories: path.join(home, 'data', 'repositories'),
  /** Folders of Terraform's runs, which go on when the portal dies. */
  terraform: path.join(home, 'data', 'terraform'),
  secrets: path.join(home, 'data', 'secrets.json'),
  /** Generated pages, compiled code: rebuilt when missing. */
  cache: path.join(home, 'cache'),
  logs: path.join(home, 'logs'),
  /** Who runs now; see processes/registry.ts. */
  run: path.join(home, 'run'),
};
