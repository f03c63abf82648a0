// Backstage's own transform, but what Backstage ships for the browser loads a module when it
// is first used. Most of it is lists of everything that a package has: a test of one page
// would load two thousand modules of which it uses none, and Jest loads them for each file anew.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const {
  createTransformer,
} = require('@backstage/cli-module-test-jest/config/jestSwcTransform');

const shipped = /\/node_modules\/@backstage\/.*\.js$/;
const imported = /\bfrom\s*(['"])(.+?)\1/g;
const version = createHash('sha256').update(readFileSync(__filename)).digest();

module.exports = {
  createTransformer(options) {
    const asUsual = createTransformer(options);
    return {
      process(source, file, jest) {
        if (!shipped.test(file)) return asUsual.process(source, file, jest);
        // What is imported for its effects alone has no `from`, and is loaded at once.
        const names = [...source.matchAll(imported)].map(([, , name]) => name);
        const module = { ...options.module, lazy: [...new Set(names)] };
        return createTransformer({ ...options, module }).process(
          source,
          file,
          jest,
        );
      },
      getCacheKey(...file) {
        return `${asUsual.getCacheKey(...file)}${version.toString('hex')}`;
      },
    };
  },
};
