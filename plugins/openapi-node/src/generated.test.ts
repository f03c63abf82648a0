import { OpenAPISchemaValidator } from 'express-openapi-validator/dist/framework/openapi.schema.validator';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const plugins = path.resolve(__dirname, '../..');
const contracts = fs
  .readdirSync(plugins)
  .filter(id => fs.existsSync(path.join(plugins, id, 'src/openapi.yaml')));

const openapiTypescript = path.join(
  path.dirname(require.resolve('openapi-typescript/package.json')),
  'bin/cli.js',
);

describe('api.generated.ts', () => {
  it('is there for several plugins', () => {
    expect(contracts).toEqual(
      expect.arrayContaining(['golden-paths-common', 'repositories-common']),
    );
  });

  it.each(contracts)(
    'of %s says what its API document says; run `yarn generate` there when it does not',
    id => {
      const sources = path.join(plugins, id, 'src');
      const generated = execFileSync(
        process.execPath,
        [openapiTypescript, path.join(sources, 'openapi.yaml')],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      );
      const committed = fs.readFileSync(
        path.join(sources, 'api.generated.ts'),
        'utf8',
      );
      expect(committed.trim()).toBe(generated.trim());
    },
  );
});

describe('openapi.yaml', () => {
  // A plugin that starts takes its document as it is.
  const validator = new OpenAPISchemaValidator({
    version: '3.1.0',
    validateApiSpec: true,
  });

  it.each(contracts)('of %s is a document of OpenAPI 3.1', id => {
    const document = parse(
      fs.readFileSync(path.join(plugins, id, 'src/openapi.yaml'), 'utf8'),
    );
    expect(validator.validate(document).errors).toEqual([]);
    const { info: _untitled, ...broken } = document;
    expect(validator.validate(broken).errors).not.toEqual([]);
  });
});
