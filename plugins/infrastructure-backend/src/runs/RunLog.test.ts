import type { RunRow } from '../queue/RunQueue';
import { RunLog, type RunLogStore } from './RunLog';

/** A log, and what is kept of it. */
function logOf(...secrets: string[]) {
  const kept: string[] = [];
  const store = {
    append: async (_: RunRow, lines: { text: string }[]) => {
      kept.push(...lines.map(({ text }) => text));
    },
  };
  const log = new RunLog(store as unknown as RunLogStore, {} as RunRow);
  for (const secret of secrets) log.conceal(secret);
  return {
    log,
    written: async (...lines: string[]) => {
      for (const line of lines) log.write(line);
      await log.close();
      return kept;
    },
  };
}

const key = [
  '-----BEGIN KEY-----',
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
  '  c2VjcmV0IG9mIHNldmVyYWwgbGluZXM=',
  'tail',
  '-----END KEY-----',
].join('\r\n');

it('conceals each line of a secret that has several', async () => {
  const lines = await logOf(key).written(
    ...key.split('\r\n'),
    'the tail of it',
  );
  expect(lines).toEqual([
    '[concealed]',
    '[concealed]',
    '  [concealed]',
    // A word is no secret, and would conceal half the log.
    'tail',
    '[concealed]',
    'the tail of it',
  ]);
});

const odd = 'p"a\\s&s/w ö';
it.each([
  ['as it is', odd, odd],
  ['in JSON', odd, JSON.stringify({ password: odd })],
  [
    'in an address',
    odd,
    `https://orders:${encodeURIComponent(odd)}@example.test`,
  ],
  ['in Base64', odd, `data: ${Buffer.from(odd).toString('base64')}`],
  [
    'in Base64 for addresses',
    '>>>???>>>',
    Buffer.from('>>>???>>>').toString('base64url'),
  ],
  ['with several lines in JSON', key, JSON.stringify({ key })],
  ['with several lines in Base64', key, Buffer.from(key).toString('base64')],
])('conceals a secret %s', async (_, secret, line) => {
  const [text] = await logOf(secret).written(line);
  expect(text).toContain('[concealed]');
  for (const form of [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64url'),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ]) {
    expect(text).not.toContain(form);
  }
});

it('conceals the longer of two secrets whole, and takes what is no text', async () => {
  expect(
    await logOf('hunter2', 'hunter2-and-more', '\ud800-half').written(
      'hunter2-and-more, hunter2',
    ),
  ).toEqual(['[concealed], [concealed]']);
});
