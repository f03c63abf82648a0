import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { newRepository, repositoryHostPromises } from '../testUtils';
import { LocalRepositoryHost } from './LocalRepositoryHost';
import { runGit } from './runGit';

const kept = createMockDirectory();
const workspace = createMockDirectory({ content: newRepository });

beforeEach(() => kept.clear());

it.each(repositoryHostPromises)('%s', async (_, proof) => {
  const host = await LocalRepositoryHost.create({
    settings: {
      host: 'local',
      directory: kept.path,
      baseUrl: 'http://localhost:7007',
      anonymousClone: false,
    },
    logger: mockServices.rootLogger.mock({ child: jest.fn() }),
  });
  const git = async (name: string, ...args: string[]) =>
    (await runGit(args, { repository: kept.resolve(`${name}.git`) }))
      .toString('utf8')
      .trim();
  const { path: directory } = workspace;
  await expect(proof({ host, git, directory })).resolves.toBeUndefined();
});
