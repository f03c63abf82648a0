import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import ts from 'typescript';
import { readPackages, shown } from './packages.ts';

const sources = readPackages()
  .flatMap(pkg => pkg.files)
  .filter(file => !/\.generated\.ts$|\.d\.ts$/.test(file));

const mostLines = 400;

test(`no file grows past ${mostLines} lines`, () => {
  const long = sources
    .map(file => ({ file, lines: fs.readFileSync(file, 'utf8').split('\n') }))
    .filter(({ lines }) => lines.length > mostLines)
    .map(({ file, lines }) => `${shown(file)}: ${lines.length}`);
  assert.deepEqual(long, []);
});

test('the type checker and the linter are never silenced', () => {
  // Written in pieces, so that this file does not find itself.
  const silencers = new RegExp(
    [
      ['@ts-', 'ignore'],
      ['@ts-', 'nocheck'],
      ['eslint-', 'disable'],
    ]
      .map(parts => parts.join(''))
      .join('|'),
  );
  const silenced = sources.filter(file =>
    silencers.test(fs.readFileSync(file, 'utf8')),
  );
  assert.deepEqual(silenced.map(shown), []);
});

function usesOfAny(node: ts.Node): ts.Node[] {
  const nested = node.getChildren().flatMap(usesOfAny);
  return node.kind === ts.SyntaxKind.AnyKeyword ? [node, ...nested] : nested;
}

test('nothing has the type any', () => {
  const found = sources.flatMap(file => {
    const source = ts.createSourceFile(
      file,
      fs.readFileSync(file, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    return usesOfAny(source).map(node => {
      const at = source.getLineAndCharacterOfPosition(node.getStart());
      return `${shown(file)}:${at.line + 1}`;
    });
  });
  assert.deepEqual(found, []);
});
