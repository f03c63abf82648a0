import { FakeApi } from '../testUtils';
import { PoliteClient } from './PoliteClient';

const api = new FakeApi();
beforeAll(() => api.start());
afterAll(() => api.stop());
beforeEach(() => {
  api.forget();
});

/** A client whose clock stands still but for its waits. */
function client() {
  const waits: number[] = [];
  let now = Date.parse('2026-03-01T09:00:00Z');
  const polite = new PoliteClient({
    headers: async () => ({ Authorization: 'Bearer t' }),
    now: () => now,
    sleep: async millis => {
      waits.push(millis);
      now += millis;
    },
  });
  return { polite, waits };
}

const reset = String(Date.parse('2026-03-01T09:10:00Z') / 1000);

it('reads a page and where the next one is', async () => {
  const link = `<${api.url}/b?page=1>; rel="prev", <${api.url}/b?page=3>; rel="next"`;
  api.will({ headers: { link }, body: [1] });
  const { polite, waits } = client();
  await expect(polite.get(`${api.url}/b?page=2`)).resolves.toEqual({
    body: [1],
    next: `${api.url}/b?page=3`,
  });
  expect(api.asked).toEqual([
    {
      url: '/b?page=2',
      headers: expect.objectContaining({ authorization: 'Bearer t' }),
    },
  ]);
  expect(waits).toEqual([]);
});

it('goes to no other host with the token', async () => {
  api.will({ headers: { link: '<https://other.example/b>; rel="next"' } });
  const { polite } = client();
  await expect(polite.get(api.url)).resolves.toEqual({ body: [] });
});

it('waits as long as it is told, and tries again', async () => {
  api.will(
    { status: 429, headers: { 'retry-after': '7' } },
    {
      status: 403,
      headers: { 'retry-after': 'Sun, 01 Mar 2026 09:01:00 GMT' },
    },
    { body: ['there'] },
  );
  const { polite, waits } = client();
  await expect(polite.get(api.url)).resolves.toEqual({ body: ['there'] });
  expect(waits).toEqual([7000, 53_000]);
});

it('says until when it waits', async () => {
  api.will({ status: 429, headers: { 'retry-after': '7' } }, {});
  const until: Date[] = [];
  await client().polite.get(api.url, { onWait: at => until.push(at) });
  expect(until).toEqual([new Date('2026-03-01T09:00:07Z')]);
});

it.each(['x-ratelimit', 'ratelimit'])(
  'asks no more when %s is used up, until it is reset',
  async name => {
    const used = { [`${name}-remaining`]: '0', [`${name}-reset`]: reset };
    api.will({ headers: used }, { body: ['later'] });
    const { polite, waits } = client();
    await polite.get(api.url);
    expect(waits).toEqual([]);
    await expect(polite.get(api.url)).resolves.toEqual({ body: ['later'] });
    expect(waits).toEqual([600_000]);
  },
);

it('never waits for more than an hour at once', async () => {
  api.will({ status: 429, headers: { 'retry-after': '86400' } }, {});
  const { polite, waits } = client();
  await polite.get(api.url);
  expect(waits).toEqual([3_600_000]);
});

it('waits a little when it is too much and nothing says how long', async () => {
  api.will({ status: 429 }, {});
  const { polite, waits } = client();
  await polite.get(api.url);
  expect(waits).toEqual([1000]);
});

it('reads a list to its end', async () => {
  const link = `<${api.url}/b?page=2>; rel=next`;
  api.will({ headers: { link }, body: [1, 2] }, { body: [3] });
  await expect(client().polite.all(`${api.url}/b`)).resolves.toEqual([1, 2, 3]);
  api.will({ body: {} });
  await expect(client().polite.all(`${api.url}/b`)).rejects.toThrow(
    /is not understood: its body: /,
  );
});

it('gives up after waiting longer and longer', async () => {
  api.will(...Array.from({ length: 6 }, () => ({ status: 502 })));
  const { polite, waits } = client();
  await expect(polite.get(api.url)).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
  });
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000]);
});

it.each([
  [404, 'NotFoundError'],
  [401, 'NotAllowedError'],
  [403, 'NotAllowedError'],
  [422, 'NotAllowedError'],
])('does not ask again after %s', async (status, name) => {
  api.will({ status });
  await expect(client().polite.get(api.url)).rejects.toMatchObject({ name });
  expect(api.asked).toHaveLength(1);
});

it('follows nobody elsewhere', async () => {
  api.will(
    ...Array.from({ length: 6 }, () => ({
      status: 302,
      headers: { location: '/elsewhere' },
    })),
  );
  await expect(client().polite.get(api.url)).rejects.toThrow(/did not answer/);
  expect(api.asked.map(({ url }) => url)).not.toContain('/elsewhere');
});

it('stops when it is told to', async () => {
  const stopped = AbortSignal.abort(new Error('enough'));
  await expect(
    client().polite.get(api.url, { signal: stopped }),
  ).rejects.toThrow('enough');
});
