import { parseAllDocuments } from 'yaml';
import { annotateCatalogInfo } from './annotateCatalogInfo';

const subject = { kind: 'component', namespace: 'default', name: 'ledger' };
const annotate = (text: string) =>
  annotateCatalogInfo(text, subject, { 'x/a': 'paper', 'x/b': '1.0.0' });

it.each([
  [
    'beside others, with every other character as it was',
    `# Top\nkind: Component\nmetadata:\n    name:   ledger\n    annotations:\n        # why\n        o/p: "q"\nspec: {type: service}\n`,
    `# Top\nkind: Component\nmetadata:\n    name:   ledger\n    annotations:\n        # why\n        x/a: "paper"\n        x/b: "1.0.0"\n        o/p: "q"\nspec: {type: service}\n`,
  ],
  [
    'where there were none',
    `kind: Component\nmetadata:\n  name: ledger\n`,
    `kind: Component\nmetadata:\n  annotations:\n    x/a: "paper"\n    x/b: "1.0.0"\n  name: ledger\n`,
  ],
  [
    'in place of what they say now',
    `kind: Component\nmetadata:\n  name: ledger\n  annotations:\n    x/b: 0.9.0 # old\n    x/a: other\n`,
    `kind: Component\nmetadata:\n  name: ledger\n  annotations:\n    x/b: "1.0.0" # old\n    x/a: "paper"\n`,
  ],
  [
    'to the right one of several',
    `kind: API\nmetadata:\n  name: ledger\n---\nkind: Component\nmetadata:\n  name: ledger\n---\nkind: Component\nmetadata:\n  name: other\n`,
    `kind: API\nmetadata:\n  name: ledger\n---\nkind: Component\nmetadata:\n  annotations:\n    x/a: "paper"\n    x/b: "1.0.0"\n  name: ledger\n---\nkind: Component\nmetadata:\n  name: other\n`,
  ],
])('adds annotations %s', (_, text, expected) => {
  expect(annotate(text)).toBe(expected);
});

it.each([
  `kind: Component\nmetadata: { name: ledger } # here\n`,
  `kind: Component\nmetadata:\n  name: ledger\n  annotations: {}\n`,
  `kind: Component\nmetadata:\n  name: ledger\n  annotations:\n`,
  `{"kind": "Component", "metadata": {"name": "ledger"}}`,
  `kind: API\nmetadata: { name: ledger }\n---\n# ours\nkind: Component\nmetadata: { name: ledger }\n---\nkind: Component\nmetadata: { name: other }\n`,
])('writes the document anew where lines have no place: %j', text => {
  const again = annotate(text);
  expect(again).toMatch(/x\/a"?: "?paper/);
  const kinds = (source: string) =>
    parseAllDocuments(source).map(document => document.toJS().kind);
  expect(kinds(again)).toEqual(kinds(text));
  expect(annotate(again)).toBe(again);
});

it.each(['', 'kind: Component\nmetadata: {name: other}\n', '[', 'a: b: c'])(
  'refuses what does not describe it: %j',
  text => {
    expect(() => annotate(text)).toThrow(
      'does not describe the component default/ledger',
    );
  },
);
