import { mockServices } from '@backstage/backend-test-utils';
import { readGitopsSettings } from './config';

const repositoriesOf = (environments: object) =>
  readGitopsSettings(
    mockServices.rootConfig({
      data: {
        infrastructure: {
          gitops: {
            repositories: {
              environments: {
                remote: 'https://git.example.com/environments.git',
                ...environments,
              },
            },
          },
        },
      },
    }),
  ).repositories;

describe('a repository', () => {
  it.each([
    [{}, true],
    [{ reconciled: false }, false],
  ])('that says %j is taken up: %s', (said, reconciled) => {
    expect(repositoriesOf(said)).toMatchObject([{ reconciled }]);
  });

  it('is not one that people merge into and nobody takes up', () => {
    expect(() =>
      repositoriesOf({
        reconciled: false,
        pullRequests: { repository: 'environments' },
      }),
    ).toThrow(
      /repositories\.environments\.reconciled is false, so the commit ends/,
    );
  });
});
