import { askRemote } from './askRemote';

const url = 'https://git.example/api/repos/x';

type Answer = [status: number, headers?: Record<string, string>];

/** Asks a host that gives these answers one after the other. */
async function ask(...answers: Answer[]) {
  const waits: number[] = [];
  const fetch = jest.fn(async () => {
    const [status, headers] = answers.shift() ?? [500];
    const body = status === 204 ? null : JSON.stringify({ status });
    return new Response(body, { status, headers });
  });
  const result = await askRemote(
    url,
    { headers: {} },
    {
      fetch,
      wait: async milliseconds => {
        waits.push(milliseconds);
      },
    },
  ).catch(error => error);
  return { result, waits, asked: fetch.mock.calls.length };
}

it.each([
  ['a bad gateway', [502], [500]],
  ['a wish to wait', [503, { 'retry-after': '2' }], [2000]],
  ['a limit', [429, { 'retry-after': '1' }], [1000]],
  [
    'a limit that GitHub calls a refusal',
    [403, { 'retry-after': '3' }],
    [3000],
  ],
] as [string, Answer, number[]][])(
  'asks again after %s',
  async (_, answer, waits) => {
    await expect(ask(answer, [200])).resolves.toEqual({
      result: { status: 200 },
      waits,
      asked: 2,
    });
  },
);

it.each([
  ['a refusal', [403], 403],
  ['a fault of its own', [500], 500],
  [
    'a limit for longer than a person waits',
    [403, { 'retry-after': '60' }],
    429,
  ],
  [
    'a limit until another hour',
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '99999999999' }],
    429,
  ],
] as [string, Answer, number][])(
  'gives up at once after %s',
  async (_, answer, status) => {
    const { result, asked } = await ask(answer, [200]);
    expect(result).toMatchObject({ name: 'RemoteFailure', status });
    expect(asked).toBe(1);
  },
);

it('gives up in the end', async () => {
  const { result, asked } = await ask([502], [502], [502], [200]);
  expect(result).toMatchObject({ name: 'RemoteFailure', status: 502 });
  expect(asked).toBe(3);
});

it('knows nothing of what is not there, and takes an empty answer', async () => {
  expect((await ask([404])).result).toBeUndefined();
  expect((await ask([204])).result).toEqual({});
});
