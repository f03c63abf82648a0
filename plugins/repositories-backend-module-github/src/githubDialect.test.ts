import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  FakeGitHost,
  newRepository,
  openGitHost,
  repositoryHostPromises,
  type ApiRequest,
} from '@waymark/plugin-repositories-node/testUtils';
import { githubDialect } from './githubDialect';

const kept = createMockDirectory();
const workspace = createMockDirectory({ content: newRepository });
let fake: FakeGitHost;

/** The part of GitHub's API that publishing takes. */
function api(github: FakeGitHost, { route, body }: ApiRequest) {
  const [, method, name, part] =
    /^(\w+) \/api\/repos\/larkspur\/([\w-]+)(\/\w+)?$/.exec(route) ?? [];
  if (part === '/topics') {
    github.repositories.set(name, body.names as string[]);
    return { status: 200, json: body };
  }
  if (part === '/pulls') {
    return github.answerAboutProposals(method, name, {
      branch: body.head as string,
      title: body.title as string,
    });
  }
  if (name) return github.answerAbout(method, name);
  switch (route) {
    case 'GET /api/users/larkspur':
      return { status: 200, json: { type: 'Organization' } };
    case 'POST /api/orgs/larkspur/repos': {
      const made = String(body.name);
      github.repositories.set(made, []);
      const url = github.cloneUrl(made);
      return { status: 201, json: { clone_url: url, html_url: url } };
    }
    default:
      return { status: 500, json: { message: `${route} is not faked` } };
  }
}

const open = (hostname?: string) =>
  openGitHost({
    kind: 'github',
    dialect: githubDialect,
    integration: {
      host: fake.hostname,
      apiBaseUrl: `${fake.url}/api`,
      token: fake.token,
    },
    hostname,
  });

beforeEach(async () => {
  kept.clear();
  fake = await FakeGitHost.start(kept.path, api);
});

afterEach(() => fake.stop());

it.each(repositoryHostPromises)('%s', async (_, proof) => {
  const { host } = open();
  const git = (name: string, ...args: string[]) => fake.git(name, ...args);
  const { path: directory } = workspace;
  await expect(proof({ host, git, directory })).resolves.toBeUndefined();
});

it('says where a repository is', () => {
  const page = `https://${fake.hostname}/larkspur/payments-ledger`;
  expect(
    open().host.urlsFor({ name: 'payments-ledger', defaultBranch: 'main' }),
  ).toEqual({
    repositoryUrl: page,
    cloneUrl: `${page}.git`,
    catalogInfoUrl: `${page}/blob/main/catalog-info.yaml`,
  });
});

it('asks with the token of the integration', async () => {
  await expect(open().dialect.headers('payments-ledger')).resolves.toEqual({
    Authorization: `Bearer ${fake.token}`,
    accept: 'application/vnd.github+json',
  });
});

it('does not start without an integration for the host', () => {
  expect(() => open('other.example')).toThrow(
    'integrations.github has no entry with that host',
  );
});
