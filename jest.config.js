// For `backstage-cli repo test --config jest.config.js`: Backstage's own configuration,
// with the packages of a kind as one project. Jest keeps what it compiled of a file, and where
// it found it, for each project anew, so fifty projects compile all of Backstage fifty times.
const { join } = require('node:path');

const upstream = '@backstage/cli-module-test-jest/config/jestSwcTransform';

/** @param {Record<string, any>} transform - the transform of each kind of file, alone or with options */
function lazily(transform) {
  const replaced = Object.entries(transform).map(([files, given]) =>
    given[0] === require.resolve(upstream)
      ? [files, [join(__dirname, 'jest.lazy.js'), ...given.slice(1)]]
      : [files, given],
  );
  return Object.fromEntries(replaced);
}

/** @param {Record<string, any>[]} packages - Backstage's projects, one for each package */
function oneOfEachKind(packages) {
  const kinds = new Map();
  for (const {
    displayName,
    rootDir,
    setupFilesAfterEnv,
    ...kind
  } of packages) {
    const key = JSON.stringify(kind);
    const known = kinds.get(key) ?? {
      ...kind,
      rootDir: __dirname,
      roots: [],
      transform: lazily(kind.transform),
    };
    known.roots.push(rootDir);
    kinds.set(key, {
      ...known,
      setupFilesAfterEnv: [join(__dirname, 'jest.setup.js')],
    });
  }
  return [...kinds.values()];
}

module.exports = require('@backstage/cli/config/jest').then(
  ({ projects, ...config }) => ({
    ...config,
    projects: oneOfEachKind(projects),
  }),
);
