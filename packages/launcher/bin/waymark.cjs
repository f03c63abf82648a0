/*
 * What npm runs. Written for every Node there is, back to version 10, so that
 * an old one gets a sentence instead of a syntax error. All else is in
 * waymark.mjs.
 */
'use strict';

const version = process.versions.node;

if (Number(version.split('.')[0]) < 20) {
  process.stderr.write(
    `\n  ✗ Node ${version} is too old to begin with.\n    Install Node 20 or newer (Waymark brings the exact version it needs by itself).\n\n`,
  );
  process.exit(1);
}

import('./waymark.mjs');
