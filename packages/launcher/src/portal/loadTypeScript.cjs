/*
 * Loaded into the portal's process before its own code, which is TypeScript:
 * each file is compiled when it is first required, and once for all starts.
 *
 * Backstage's own transform serves here, too, and compiles at every start. It
 * also registers ESM hooks, which cost a thread with a second compiler in it;
 * here an import() of ours becomes a require(), and none are needed.
 */
'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { version: compiler } = require('@swc/core/package.json');

const options = {
  module: { type: 'commonjs', ignoreDynamic: false },
  jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
};
// Beside what Node compiles, where there is such a place.
const folder = path.join(
  process.env.NODE_COMPILE_CACHE || process.env.WAYMARK_CACHE,
  'typescript',
);
fs.mkdirSync(folder, { recursive: true });

function compile(source, filename) {
  const { transformSync } = require('@swc/core');
  return transformSync(source, { ...options, filename }).code;
}

function readOrCompile(filename) {
  const source = fs.readFileSync(filename, 'utf8');
  const key = createHash('sha256')
    .update(JSON.stringify([compiler, options, source]))
    .digest('hex');
  const cached = path.join(folder, `${key}.js`);
  try {
    return fs.readFileSync(cached, 'utf8');
  } catch {
    const code = compile(source, filename);
    // Renamed, so that a replica that starts beside this one never reads a half.
    const written = `${cached}.${process.pid}`;
    fs.writeFileSync(written, code);
    fs.renameSync(written, cached);
    return code;
  }
}

Module._extensions['.ts'] = (module, filename) =>
  module._compile(readOrCompile(filename), filename);
