import { formatSize } from './formatSize';
import { imageFrom, linkFrom } from './links';

const at = { name: 'ledger', ref: 'main' };
const from = (href: string) => linkFrom(at, 'docs/guide/start.md', href);

describe('a link in a document', () => {
  it.each([
    ['next.md', '/repositories/ledger/main/docs/guide/next.md'],
    ['../index.md#top', '/repositories/ledger/main/docs/index.md'],
    ['/LICENSE', '/repositories/ledger/main/LICENSE'],
    ['../../../../../../etc/passwd', '/repositories/ledger/main/etc/passwd'],
    ['a%20b.md', '/repositories/ledger/main/docs/guide/a%20b.md'],
    ['#usage', '#usage'],
    ['https://example.com/a', 'https://example.com/a'],
    ['mailto:a@example.com', 'mailto:a@example.com'],
  ])('to %s leads to %s', (href, expected) => {
    expect(from(href)).toBe(expected);
  });

  it.each([
    ['javascript', 'alert(1)'].join(':'),
    ['JAVASCRIPT', 'alert(1)'].join(':'),
    'data:text/html,a',
    'vbscript:run()',
    '//evil.example/a',
    '%E0%A4%A',
  ])('to %s leads nowhere', href => {
    expect(from(href)).toBe('');
  });
});

it('shows pictures from the web alone', () => {
  expect(imageFrom('https://example.com/a.png')).toBe(
    'https://example.com/a.png',
  );
  expect(imageFrom('./a.png')).toBe('');
  expect(imageFrom('data:image/svg+xml,a')).toBe('');
});

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [5 * 1024 * 1024, '5.0 MiB'],
])('says %d bytes as %s', (size, text) => {
  expect(formatSize(size)).toBe(text);
});
