import react from '@vitejs/plugin-react';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const headers = JSON.parse(
  readFileSync(new URL('deploy/headers.json', import.meta.url), 'utf8'),
) as Record<string, string>;

/** Tells a CDN that reads `_headers` what `npm run preview` sends as well. */
function headersFile(): Plugin {
  const lines = (pairs: Record<string, string>) =>
    Object.entries(pairs)
      .map(([name, value]) => `  ${name}: ${value}\n`)
      .join('');
  return {
    name: 'headers-file',
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: '_headers',
        source: `/*\n${lines({ ...headers, 'cache-control': 'no-cache' })}/assets/*\n${lines(
          {
            // Its name changes with its content.
            'cache-control': 'public, max-age=31536000, immutable',
          },
        )}`,
      });
    },
  };
}

export default defineConfig({
  plugins: [react(), headersFile()],
  // Works below any path of a CDN.
  base: './',
  build: {
    sourcemap: true,
    // Nothing inline, so that the content security policy can forbid it.
    assetsInlineLimit: 0,
  },
  preview: { headers },
  test: {
    environment: 'jsdom',
    restoreMocks: true,
    setupFiles: 'tests/setup.ts',
  },
});
