import { mockServices } from '@backstage/backend-test-utils';
import { readRepositorySettings } from './settings';

const read = (repositories: Record<string, string | boolean>) =>
  readRepositorySettings(
    mockServices.rootConfig({
      data: {
        backend: { baseUrl: 'http://localhost:7007/' },
        waymark: { repositories },
      },
    }),
  );

it('reads a folder, closed to the anonymous unless it says otherwise', () => {
  expect(read({ host: 'local', directory: '/data/repositories' })).toEqual({
    host: 'local',
    directory: '/data/repositories',
    baseUrl: 'http://localhost:7007',
    anonymousClone: false,
  });
});

it('reads a host outside, private unless it says otherwise', () => {
  expect(read({ host: 'github', owner: 'larkspur' })).toEqual({
    host: 'github',
    hostname: 'github.com',
    owner: 'larkspur',
    visibility: 'private',
  });
  expect(
    read({
      host: 'gitlab',
      hostname: 'git.example',
      owner: 'larkspur/services',
      visibility: 'internal',
    }),
  ).toMatchObject({ hostname: 'git.example', visibility: 'internal' });
});

it.each([
  [{ host: 'svn' }, 'is one of local, github, gitlab'],
  [{ host: 'local' }, 'waymark.repositories.directory'],
  [{ host: 'github' }, 'waymark.repositories.owner'],
  [{ host: 'github', owner: 'x', visibility: 'secret' }, 'is one of private'],
])('refuses %j', (repositories, message) => {
  expect(() => read(repositories as Record<string, string>)).toThrow(message);
});
