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
  [
    'in braces',
    `kind: Component\nmetadata: { name: ledger,   title: 'L' } # here\nspec:   {type: service}\n`,
    `kind: Component\nmetadata: { annotations: { x/a: "paper", x/b: "1.0.0" }, name: ledger,   title: 'L' } # here\nspec:   {type: service}\n`,
  ],
  [
    'to others in braces',
    `kind: Component\nmetadata:\n  name:   ledger\n  annotations: {o/p: "q", x/b: 0.9.0} # ours\n`,
    `kind: Component\nmetadata:\n  name:   ledger\n  annotations: {x/a: "paper", o/p: "q", x/b: "1.0.0"} # ours\n`,
  ],
  [
    'in empty braces',
    `kind: Component\nmetadata:\n  name:   ledger\n  annotations: {} # none\n  title: L\n`,
    `kind: Component\nmetadata:\n  name:   ledger\n  annotations: {x/a: "paper", x/b: "1.0.0"} # none\n  title: L\n`,
  ],
  [
    'where nothing is said',
    `kind: Component\nmetadata:\n  name:   ledger\n  annotations: # none\n  title: L\n`,
    `kind: Component\nmetadata:\n  name:   ledger\n  annotations: # none\n    x/a: "paper"\n    x/b: "1.0.0"\n  title: L\n`,
  ],
  [
    'at the end of the file',
    `kind: Component\nmetadata:\n  name:   ledger\n  annotations:`,
    `kind: Component\nmetadata:\n  name:   ledger\n  annotations:\n    x/a: "paper"\n    x/b: "1.0.0"`,
  ],
  [
    'in place of null',
    `kind: Component\nmetadata:\n  annotations: ~ # none\n  name:   ledger\n`,
    `kind: Component\nmetadata:\n  annotations: { x/a: "paper", x/b: "1.0.0" } # none\n  name:   ledger\n`,
  ],
  [
    'in JSON',
    `{\n  "kind": "Component",\n  "metadata": {\n    "name": "ledger"\n  }\n}`,
    `{\n  "kind": "Component",\n  "metadata": {\n    "annotations": { "x/a": "paper", "x/b": "1.0.0" },\n    "name": "ledger"\n  }\n}`,
  ],
  [
    'with the ends of lines that the file has',
    `kind: Component\r\nmetadata:\r\n  name: ledger\r\n  annotations:\r\n    o/p: q\r\nspec:\r\n  description: |\r\n    two\r\n    lines\r\n`,
    `kind: Component\r\nmetadata:\r\n  name: ledger\r\n  annotations:\r\n    x/a: "paper"\r\n    x/b: "1.0.0"\r\n    o/p: q\r\nspec:\r\n  description: |\r\n    two\r\n    lines\r\n`,
  ],
  [
    'with those, where nothing is said',
    `kind: Component\r\nmetadata:\r\n  name: ledger\r\n  annotations:\r\n`,
    `kind: Component\r\nmetadata:\r\n  name: ledger\r\n  annotations:\r\n    x/a: "paper"\r\n    x/b: "1.0.0"\r\n`,
  ],
  [
    'in place of nothing and of several lines',
    `kind: Component\nmetadata:\n  name: ledger\n  annotations:\n    x/b:\n    x/a: |\n      old\n      paper\n    o/p: q\n`,
    `kind: Component\nmetadata:\n  name: ledger\n  annotations:\n    x/b: "1.0.0"\n    x/a: "paper"\n    o/p: q\n`,
  ],
  [
    'to one of several in braces, with their comments',
    `kind: API\nmetadata: { name: ledger }\n---\n# ours\nkind: Component\nmetadata: {name: ledger}\n---\nkind: Component\nmetadata: { name:   other }\n`,
    `kind: API\nmetadata: { name: ledger }\n---\n# ours\nkind: Component\nmetadata: {annotations: { x/a: "paper", x/b: "1.0.0" }, name: ledger}\n---\nkind: Component\nmetadata: { name:   other }\n`,
  ],
])('adds annotations %s', (_, text, expected) => {
  expect(annotate(text)).toBe(expected);
  expect(annotate(expected)).toBe(expected);
});

it.each([
  `kind: Component\nshared: &shared\n  o/p: q\nmetadata:\n  name: ledger\n  annotations: *shared\n`,
  `kind: Component\nmetadata:\n  name: ledger\n  annotations: none\n`,
])('says what to add by hand to what cannot be added to: %j', text => {
  expect(() => annotate(text)).toThrow(
    'Add these by hand, then try again: x/a: "paper", x/b: "1.0.0"',
  );
});

it.each(['', 'kind: Component\nmetadata: {name: other}\n', '[', 'a: b: c'])(
  'refuses what does not describe it: %j',
  text => {
    expect(() => annotate(text)).toThrow(
      'does not describe the component default/ledger',
    );
  },
);
