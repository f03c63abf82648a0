import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { GithubRepositories } from './GithubRepositories';

const ask = jest.spyOn(global, 'fetch');

function answer(status: number, body?: object) {
  ask.mockResolvedValueOnce(
    new Response(body && JSON.stringify(body), { status }),
  );
}

afterEach(() => ask.mockReset());
afterAll(() => ask.mockRestore());

function repositories(hostname = 'git.example') {
  const config = mockServices.rootConfig({
    data: {
      integrations: {
        github: [
          {
            host: 'git.example',
            apiBaseUrl: 'https://git.example/api',
            token: 'secret',
          },
        ],
      },
    },
  });
  return GithubRepositories.create({
    settings: {
      host: 'github',
      hostname,
      owner: 'larkspur',
      visibility: 'private',
    },
    config,
    integrations: ScmIntegrations.fromConfig(config),
    logger: mockServices.logger.mock(),
  });
}

it('says where a repository is', () => {
  expect(
    repositories().urlsFor({ name: 'payments-ledger', defaultBranch: 'main' }),
  ).toEqual({
    repositoryUrl: 'https://git.example/larkspur/payments-ledger',
    cloneUrl: 'https://git.example/larkspur/payments-ledger.git',
    catalogInfoUrl:
      'https://git.example/larkspur/payments-ledger/blob/main/catalog-info.yaml',
  });
});

it('asks for topics with the token of the integration', async () => {
  answer(200, { topics: ['waymark-1'] });
  await expect(repositories().topicsOf('payments-ledger')).resolves.toEqual([
    'waymark-1',
  ]);
  expect(ask).toHaveBeenCalledWith(
    'https://git.example/api/repos/larkspur/payments-ledger',
    expect.objectContaining({
      headers: expect.objectContaining({ Authorization: 'Bearer secret' }),
    }),
  );
});

it('knows none of what does not exist', async () => {
  answer(404, {});
  await expect(
    repositories().topicsOf('payments-ledger'),
  ).resolves.toBeUndefined();
});

it('removes', async () => {
  answer(204);
  await repositories().remove('payments-ledger');
  expect(ask).toHaveBeenCalledWith(
    'https://git.example/api/repos/larkspur/payments-ledger',
    expect.objectContaining({
      method: 'DELETE',
      headers: expect.objectContaining({ Authorization: 'Bearer secret' }),
    }),
  );
});

it('passes on with which status it was refused', async () => {
  answer(403, {});
  await expect(
    repositories().topicsOf('payments-ledger'),
  ).rejects.toMatchObject({ name: 'RemoteFailure', status: 403 });
});

it('does not start without an integration for the host', () => {
  expect(() => repositories('other.example')).toThrow(
    'integrations.github has no entry with that host',
  );
});
