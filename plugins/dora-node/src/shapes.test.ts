import { z } from 'zod';
import { instant, unixMillis, unixSeconds } from './instants';
import {
  identifier,
  optional,
  optionalSha,
  optionalText,
  readShape,
  sha,
  text,
  webUrl,
} from './shapes';

const read = <T>(schema: z.ZodType<T>, value: unknown) =>
  readShape(z.object({ field: schema }), { field: value }, 'The thing').field;

describe('readShape', () => {
  it('names the first field that does not fit', () => {
    const schema = z.object({ build: z.object({ number: z.number() }) });
    expect(() => readShape(schema, { build: {} }, 'The Jenkins build')).toThrow(
      /^The Jenkins build is not understood: build\.number: .*number/,
    );
    expect(() => readShape(schema, [], 'The Jenkins build')).toThrow(
      /^The Jenkins build is not understood: its body: .*object/,
    );
  });

  it('takes a value from what may be absent', () => {
    const schema = z.object({
      a: optional(text),
      b: optionalText,
      c: optionalSha,
      d: webUrl,
    });
    expect(readShape(schema, {}, 'It')).toEqual({});
    expect(
      readShape(schema, { a: null, b: '', c: 'main', d: 4 }, 'It'),
    ).toEqual({});
  });
});

describe('text', () => {
  it('is what a database can keep', () => {
    expect(read(text, ' a\0b\ud800c ')).toBe('ab\ufffdc');
    expect(read(text, '\u{1f680}')).toBe('\u{1f680}');
    expect(() => read(text, ' \0')).toThrow('field: is empty');
  });
});

describe('names', () => {
  it('are texts or whole numbers', () => {
    expect(read(identifier, 15)).toBe('15');
    expect(read(identifier, 'PT4KHLK')).toBe('PT4KHLK');
    expect(() => read(identifier, 1.5)).toThrow('neither a text nor a whole');
  });

  it('are commits only where they look like one', () => {
    expect(read(sha, '6DCB09B')).toBe('6dcb09b');
    expect(() => read(sha, 'main')).toThrow('is not the hash of a commit');
    expect(read(optionalSha, 'main')).toBeUndefined();
  });

  it('are addresses only where a browser may follow', () => {
    expect(read(webUrl, 'https://a.example/b')).toBe('https://a.example/b');
    expect(read(webUrl, 'data:text/html,hello')).toBeUndefined();
    expect(read(webUrl, 'https://a.example/ b')).toBeUndefined();
  });
});

describe('instants', () => {
  it.each([
    ['2026-03-01T09:30:00Z', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T09:30:00.315384Z', '2026-03-01T09:30:00.315Z'],
    ['2026-03-01T09:30:00-07:00', '2026-03-01T16:30:00.000Z'],
    ['2016-08-12 15:23:28 UTC', '2016-08-12T15:23:28.000Z'],
    ['2021-04-28 21:50:00 +0200', '2021-04-28T19:50:00.000Z'],
    ['2010-12-22T12:13:57.000+0000', '2010-12-22T12:13:57.000Z'],
  ])('reads %s', (given, expected) => {
    expect(read(instant, given)).toBe(expected);
  });

  it.each([
    ['without a zone', '2026-03-01T09:30:00'],
    ['a day that is not', '2026-02-30T09:30:00Z'],
    ['an hour that is not', '2026-02-20T25:30:00Z'],
    ['words', 'yesterday'],
    ['a year beyond four digits', '9999-12-31T23:59:59-12:00'],
  ])('refuses %s', (_, given) => {
    expect(() => read(instant, given)).toThrow('field: is not a date with');
  });

  it('reads numbers since 1970', () => {
    expect(read(unixSeconds, 1557933657)).toBe('2019-05-15T15:20:57.000Z');
    expect(read(unixMillis, 1557933657123)).toBe('2019-05-15T15:20:57.123Z');
    expect(() => read(unixSeconds, 1e14)).toThrow('number of seconds');
    expect(() => read(unixMillis, 1e300)).toThrow('number of milliseconds');
  });
});
