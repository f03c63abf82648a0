import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  offerings,
  outputsOf,
  readModuleFile,
  snakeCase,
  terraformModules,
  variablesOf,
} from './shipped.ts';

/** What the platform gives to every module. */
const given = ['name', 'environment', 'owner', 'tags'];

describe('every offering that Terraform makes', () => {
  const made = offerings().filter(
    ({ spec }) => spec.engine.name === 'terraform',
  );

  for (const { metadata, spec } of made) {
    const { module, version } = spec.engine.settings;
    const parameters = Object.entries(spec.parameters.properties);
    const inputs = parameters.map(([name]) => snakeCase(name));

    it(`${metadata.name} wants the version that its module has`, () => {
      assert.equal(version, readModuleFile(module, 'VERSION').trim());
    });

    it(`${metadata.name} gives its module all that it needs`, () => {
      const needed = variablesOf(module)
        .filter(variable => variable.needed)
        .map(({ name }) => name);
      assert.ok(needed.includes('name'));
      assert.deepEqual(
        needed.filter(name => ![...inputs, ...given].includes(name)),
        [],
      );
    });

    it(`${metadata.name} asks for nothing that has no effect`, () => {
      const variables = variablesOf(module).map(({ name }) => name);
      const idle = parameters
        // The provider takes the region.
        .filter(([name]) => name !== 'region')
        .filter(([name]) => !variables.includes(snakeCase(name)))
        .filter(([, { description }]) => !/^For the estimate/.test(description))
        .map(([name]) => name);
      assert.deepEqual(idle, []);
    });

    it(`${metadata.name} promises what its module gives`, () => {
      assert.notEqual(spec.outputs.length, 0);
      assert.deepEqual(
        spec.outputs
          .map(({ name }) => snakeCase(name))
          .filter(name => !outputsOf(module).includes(name)),
        [],
      );
    });
  }
});

describe('every Terraform module', () => {
  for (const module of terraformModules()) {
    it(`${module} documents its inputs and outputs`, () => {
      const readme = readModuleFile(module, 'README.md');
      const named = [
        ...variablesOf(module).map(({ name }) => name),
        ...outputsOf(module),
      ];
      assert.deepEqual(
        named.filter(name => !readme.includes(`\`${name}\``)),
        [],
      );
    });

    it(`${module} has a version, an example, tests and an offering`, () => {
      assert.match(readModuleFile(module, 'VERSION'), /^\d+\.\d+\.\d+\n$/);
      assert.match(
        readModuleFile(module, 'examples', 'basic', 'main.tf'),
        /source += "\.\.\/\.\."/,
      );
      assert.match(
        readModuleFile(module, 'tests', 'basic.tftest.hcl'),
        /^ {2}assert \{/m,
      );
      const users = offerings().filter(
        ({ spec }) => spec.engine.settings.module === module,
      );
      assert.equal(users.length, 1);
    });
  }
});
