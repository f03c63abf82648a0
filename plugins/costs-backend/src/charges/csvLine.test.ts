import fc from 'fast-check';
import { valuesOfLine } from './csvLine';

const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;

it.each([
  ['a,b', ['a', 'b']],
  [' a , "b, c" ,"d ""e"""', ['a', 'b, c', 'd "e"']],
  ['', ['']],
  [',', ['', '']],
  ['"",a, ', ['', 'a', '']],
])('reads %j', (line, values) => {
  expect(valuesOfLine(line)).toEqual(values);
});

it.each([
  ['a,"b', /does not close in value 2/],
  ['a,"b""', /does not close in value 2/],
  ['a,"b"c,d', /within a value, in value 2/],
  ['a,b"c"', /within a value, in value 2/],
])('refuses %j', (line, message) => {
  expect(() => valuesOfLine(line)).toThrow(message);
});

it('reads back what was written', () => {
  const value = fc.string({ unit: fc.constantFrom('a', '"', ',', ' ') });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), values => {
      expect(valuesOfLine(values.map(quote).join(','))).toEqual(values);
      expect(valuesOfLine(values.map(quote).join(' , '))).toEqual(values);
    }),
  );
});

// With an expression that tries blanks in several ways, these never end.
it.each([
  ['blanks', `a${' '.repeat(500_000)}"`, /within a value/],
  ['blanks after a quotation mark', `"a"${' '.repeat(500_000)}b`, /within/],
  ['quotation marks', '"'.repeat(500_001), /does not close/],
])('comes to an end with many %s', (_, line, message) => {
  expect(() => valuesOfLine(line)).toThrow(message);
});
