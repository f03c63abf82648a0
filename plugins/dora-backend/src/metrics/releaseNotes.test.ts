import type { Change, Deployment } from '@waymark/plugin-dora-common';
import { releaseNotes } from './releaseNotes';

const deployment = {
  title: 'Release *7*',
  at: '2026-03-02T10:00:00Z',
  changes: 1,
} as Deployment;
const change = (more: Partial<Change> = {}) =>
  ({ title: 'Retry transfers', ...more } as Change);

it('names the deployment before, and each change with number and author', () => {
  const previous = {
    at: '2026-03-01T10:00:00Z',
    sha: '0123456789abcdef',
  } as Deployment;
  const notes = releaseNotes(deployment, previous, [
    change({ number: '12', author: 'amara', url: 'https://example.com/12' }),
  ]);
  expect(notes).toBe(
    [
      '## Release \\*7\\*',
      '',
      'Since the deployment of 2026-03-01 (01234567):',
      '',
      '- [Retry transfers](<https://example.com/12>) (#12) by amara',
      '',
    ].join('\n'),
  );
});

it('shows titles as they are, whatever Markdown or HTML would make of them', () => {
  const notes = releaseNotes(deployment, null, [
    change({ title: '<img src=x>\n# [a](javascript:b) `c`' }),
  ]);
  expect(notes).toContain(
    '- \\<img src=x\\> \\# \\[a\\](javascript:b) \\`c\\`',
  );
});

it('does not let an address end its link', () => {
  const notes = releaseNotes(deployment, null, [
    change({ url: 'https://example.com/> [b](<https://example.org' }),
  ]);
  expect(notes).toContain('(<https://example.com/[b](https://example.org>)');
});

it('says how many are not listed, and where nothing is known', () => {
  expect(
    releaseNotes({ ...deployment, changes: 812 }, null, [change()]),
  ).toContain('- Retry transfers\n- … and 811 more\n');
  expect(releaseNotes({ ...deployment, changes: 0 }, null, [])).toContain(
    'No change that we know of.',
  );
});
