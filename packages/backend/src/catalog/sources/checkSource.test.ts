import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { checkSource } from './checkSource';
import { readSources } from './readSources';

/** A Git host that knows one token, one organization and one group. */
const host = http.createServer((request, response) => {
  const known = ['/api/v3/users/larkspur', '/api/v4/groups/larkspur%2Fdata'];
  const path = request.url?.split('?')[0] ?? '';
  const [, token] = request.headers.authorization?.split(' ') ?? [];
  response.statusCode = 404;
  if (known.includes(path)) response.statusCode = 200;
  if (path.endsWith('/broken')) response.statusCode = 502;
  if (token !== 'good') response.statusCode = 401;
  response.end('{}');
});

let port: number;

beforeAll(async () => {
  await new Promise<void>(resolve => {
    host.listen(0, '127.0.0.1', resolve);
  });
  port = (host.address() as AddressInfo).port;
});

afterAll(
  () =>
    new Promise(resolve => {
      host.close(resolve);
    }),
);

function check(options: {
  token?: string;
  organization?: string;
  group?: string;
  at?: number;
}) {
  const { token = 'good', organization, group, at = port } = options;
  const name = `localhost:${at}`;
  const api = `http://127.0.0.1:${at}/api`;
  const config = new ConfigReader({
    integrations: {
      github: [{ host: name, token, apiBaseUrl: `${api}/v3` }],
      gitlab: [{ host: name, token, apiBaseUrl: `${api}/v4` }],
    },
    catalog: {
      providers: {
        github: { any: { host: name, organization } },
        gitlab: { any: { host: name, group } },
      },
    },
  });
  const sources = readSources(config);
  expect(sources).toHaveLength(1);
  return checkSource(sources[0]);
}

describe('checkSource', () => {
  it.each([{ organization: 'larkspur' }, { group: 'larkspur/data' }])(
    'finds nothing wrong with %p',
    async source => {
      expect(await check(source)).toBeUndefined();
    },
  );

  it.each([
    [{ organization: 'larkspur', token: 'expired-1' }, 'set GITHUB_TOKEN'],
    [{ group: 'larkspur/data', token: 'expired-1' }, 'set GITLAB_TOKEN'],
    [{ organization: 'larkspr' }, 'check GITHUB_ORGANIZATION'],
    [{ group: 'larkspr' }, 'check GITLAB_GROUP'],
    [{ organization: 'broken' }, 'answers 502'],
    [{ organization: 'larkspur', at: 9 }, 'cannot be reached'],
  ])('says what is wrong with %p', async (source, said) => {
    const problem = await check(source);
    expect(problem).toContain(said);
    expect(problem).not.toContain('expired-1');
  });

  it('has nothing to check where no source is configured', () => {
    expect(readSources(new ConfigReader({}))).toEqual([]);
  });
});
