import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The API document that requests are checked against, and that callers can read. */
export function readOpenApiDocument() {
  const document = parse(
    readFileSync(
      resolvePackagePath(
        '@waymark/plugin-golden-paths-common',
        'src/openapi.yaml',
      ),
      'utf8',
    ),
  );
  // A router sees paths without the prefix under which the portal mounts it.
  return { ...document, servers: [{ url: '/' }] };
}
