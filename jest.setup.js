// What a package sets up for its tests, as Backstage's own configuration has it.
const { existsSync } = require('node:fs');
const { join, relative, sep } = require('node:path');

const { testPath } = expect.getState();
const [group, name] = relative(__dirname, testPath).split(sep);
const setup = join(__dirname, group, name, 'src', 'setupTests.ts');
if (existsSync(setup)) require(setup);
