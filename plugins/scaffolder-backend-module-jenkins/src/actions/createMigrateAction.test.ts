import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  LocalRepositories,
  LocalRepositoryHost,
  runGit,
} from '@waymark/plugin-repositories-node';
import fs from 'node:fs';
import path from 'node:path';
import { createMigrateAction } from './createMigrateAction';

const kept = createMockDirectory();
const workspace = createMockDirectory();
const baseUrl = 'http://localhost:7007';
const fixture = fs.readFileSync(
  path.resolve(__dirname, '../__fixtures__/maven.Jenkinsfile'),
  'utf8',
);

const describing = (name: string, owner: string) =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\nspec:\n  owner: ${owner}\n`;

const raw = `url:${baseUrl}/api/repositories/payments-ledger/raw`;

const component = (owner: string, location?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payments-ledger',
    annotations: {
      'backstage.io/managed-by-location':
        location ?? `${raw}/main/catalog-info.yaml`,
    },
  },
  relations: [{ type: 'ownedBy', targetRef: owner }],
});

async function setUp(entities: Entity[] = [component('group:default/ledger')]) {
  kept.clear();
  workspace.setContent({
    Jenkinsfile: fixture,
    'catalog-info.yaml': describing('payments-ledger', 'ledger'),
    'docs/ours.yaml': describing('payments-ledger', 'others'),
    'ci/Jenkinsfile': 'buildEverything()',
  });
  const host = await LocalRepositoryHost.create({
    settings: {
      host: 'local',
      directory: kept.path,
      baseUrl,
      anonymousClone: false,
    },
    logger: mockServices.rootLogger.mock({ child: jest.fn() }),
  });
  await host.publish({
    name: 'payments-ledger',
    description: 'Keeps the ledger.',
    directory: workspace.path,
    defaultBranch: 'main',
    commitMessage: 'Create payments-ledger',
    author: { name: 'Amara Okafor', email: 'amara@larkspur.example' },
    taskId: 'task-1',
  });
  const action = createMigrateAction({
    host,
    catalog: catalogServiceMock({ entities }),
    userInfo: mockServices.userInfo.mock({
      getUserInfo: async () => ({
        userEntityRef: 'user:default/amara',
        ownershipEntityRefs: ['user:default/amara', 'group:default/ledger'],
      }),
    }),
    fallbackAuthor: { name: 'Waymark', email: 'noreply@localhost' },
  });
  return {
    host,
    /** What Git says of the branch with the workflow. */
    async git(args: (branch: string) => string[]) {
      const copy = await host.open('payments-ledger');
      try {
        const said = await runGit(args(copy.branches.get('migrate-jenkins')!), {
          repository: copy.repository,
        });
        return said.toString('utf8').trim();
      } finally {
        await copy.close();
      }
    },
    async branches() {
      const copy = await host.open('payments-ledger');
      await copy.close();
      return [...copy.branches.keys()];
    },
    async migrate(input = {}, isDryRun = false) {
      const context = {
        ...createMockActionContext({
          input: {
            component: 'component:default/payments-ledger',
            ...input,
          },
          workspacePath: workspace.path,
        }),
        getInitiatorCredentials: async () => mockCredentials.user(),
        isDryRun,
      };
      await action.handler(context);
      return context.output;
    },
  };
}

describe('jenkins:migrate', () => {
  it('puts the workflow and the report on a branch, and says the same when it runs again', async () => {
    const { migrate, git, branches } = await setUp();
    const output = await migrate();
    expect(output).toHaveBeenCalledWith('untranslated', 1);
    expect(output).toHaveBeenCalledWith(
      'report',
      expect.stringContaining('| 39 | `mail to:'),
    );
    const [workflow, report, jenkinsfile] = await Promise.all(
      [
        '.github/workflows/jenkins.yaml',
        'JENKINS-MIGRATION.md',
        'Jenkinsfile',
      ].map(file => git(branch => ['show', `${branch}:${file}`])),
    );
    expect(workflow).toContain('mvn test');
    expect(report).toContain('## Not translated');
    expect(`${jenkinsfile}\n`).toBe(fixture);
    expect(await git(branch => ['log', '-1', '--format=%an', branch])).toBe(
      'Waymark',
    );
    await migrate();
    expect(await branches()).toEqual(['main', 'migrate-jenkins']);
    const { head } = await new LocalRepositories({
      directory: kept.path,
      baseUrl,
    }).describe('payments-ledger');
    expect(head).toMatchObject({ message: 'Create payments-ledger' });
  });

  it('only looks in a dry run', async () => {
    const { migrate, branches } = await setUp();
    const output = await migrate({}, true);
    expect(output).toHaveBeenCalledWith('untranslated', 1);
    expect(await branches()).toEqual(['main']);
  });

  it.each([
    [
      'what the catalog does not have',
      { component: 'component:default/other' },
      undefined,
      'The catalog has no entity component:default/other',
    ],
    [
      'what is of others',
      {},
      component('group:default/others'),
      'is not of your teams',
    ],
    [
      'what lies elsewhere',
      {},
      component('group:default/ledger', 'url:https://git.example/a/b/x.yaml'),
      'does not lie on the repository host',
    ],
    [
      'what lies in another repository by the way its address goes',
      {},
      component(
        'group:default/ledger',
        `${raw}/main/../../../mine/raw/main/catalog-info.yaml`,
      ),
      'There is no repository named mine',
    ],
    [
      'what a branch says that may be the proposal of anybody',
      {},
      component('group:default/ledger', `${raw}/patch-1/catalog-info.yaml`),
      'from another branch than the default one',
    ],
    [
      'what no file of the repository describes',
      {},
      component('group:default/ledger', `${raw}/main/other.yaml`),
      'other.yaml on the branch main does not describe component:default/payments-ledger',
    ],
    [
      'what the repository says is of others',
      {},
      component('group:default/ledger', `${raw}/main/docs/ours.yaml`),
      'is of group:default/others, and the catalog that it is of group:default/ledger',
    ],
    [
      'a file that is not there',
      { jenkinsfile: 'build/Jenkinsfile' },
      undefined,
      'There is no file "build/Jenkinsfile" on the branch main',
    ],
    [
      'a file without a pipeline',
      { jenkinsfile: 'ci/Jenkinsfile' },
      undefined,
      'Nothing of this Jenkinsfile can be translated',
    ],
  ])(
    'refuses %s, and leaves the repository as it was',
    async (_, input, entity, message) => {
      const { migrate, branches } = await setUp(entity && [entity]);
      await expect(migrate(input)).rejects.toThrow(message);
      expect(await branches()).toEqual(['main']);
    },
  );

  it('does not touch a branch with something else on it', async () => {
    const { migrate, host } = await setUp();
    const copy = await host.open('payments-ledger');
    const main = copy.branches.get('main')!;
    await copy.publish([
      { branch: 'migrate-jenkins', to: main, expected: undefined },
    ]);
    await copy.close();
    await expect(migrate()).rejects.toThrow(
      'has a branch migrate-jenkins with something else on it',
    );
  });
});
