import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { Layers } from '@waymark/plugin-golden-paths-node';
import { LocalRepositoryHost, runGit } from '@waymark/plugin-repositories-node';
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { partIds, pipelineParts } from '../pipeline/parts';
import { createAddPipelineAction } from './createAddPipelineAction';

const kept = createMockDirectory();
const workspace = createMockDirectory();
const baseUrl = 'http://localhost:7007';
const layersFolder = path.resolve(__dirname, '../../../../templates/layers');
const workflows = '.github/workflows';

const component = (owner: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payments-ledger',
    annotations: {
      'backstage.io/managed-by-location': `url:${baseUrl}/api/repositories/payments-ledger/raw/main/catalog-info.yaml`,
    },
  },
  relations: [{ type: 'ownedBy', targetRef: owner }],
});

async function setUp(
  files: Record<string, string>,
  owner = 'group:default/ledger',
) {
  kept.clear();
  workspace.clear();
  workspace.setContent({
    'catalog-info.yaml': `kind: Component\nmetadata:\n  name: payments-ledger\nspec:\n  owner: ${owner}\n`,
    ...files,
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
  const action = createAddPipelineAction({
    host,
    catalog: catalogServiceMock({ entities: [component(owner)] }),
    userInfo: mockServices.userInfo.mock({
      getUserInfo: async () => ({
        userEntityRef: 'user:default/amara',
        ownershipEntityRefs: ['user:default/amara', 'group:default/ledger'],
      }),
    }),
    layers: new Layers(layersFolder),
    fallbackAuthor: { name: 'Waymark', email: 'noreply@localhost' },
  });
  const git = async (...args: string[]) => {
    const said = await runGit(args, {
      repository: kept.resolve('payments-ledger.git'),
    });
    return said.toString('utf8').trim();
  };
  return {
    git,
    branches: () => git('for-each-ref', '--format=%(refname:short)'),
    async add(parts?: (typeof partIds)[number][], isDryRun = false) {
      const context = {
        ...createMockActionContext({
          input: { component: 'component:default/payments-ledger', parts },
          workspacePath: workspace.path,
        }),
        getInitiatorCredentials: async () => mockCredentials.user(),
        isDryRun,
      };
      await action.handler(context);
      const told = new Map(jest.mocked(context.output).mock.calls);
      return {
        report: String(told.get('report')),
        leftAlone: told.get('leftAlone'),
      };
    },
  };
}

const jobsOf = (text: string) => parse(text).jobs as Record<string, object>;

describe('pipeline:add', () => {
  it('adds what fits on a branch of its own, and the same when it runs again', async () => {
    const { add, git, branches } = await setUp({
      'package.json': '{}',
      Dockerfile: 'FROM scratch\n',
      'infra/main.tf': '',
    });
    const { report, leftAlone } = await add();
    expect(leftAlone).toEqual([]);
    expect(report).toContain('- Terraform in `infra`');
    await expect(
      git('diff', '--name-status', 'main', 'add-pipeline'),
    ).resolves.toBe(
      [
        '.checkov.yaml',
        ...['image', 'node', 'pipeline', 'security', 'terraform'].map(
          name => `${workflows}/${name}.yaml`,
        ),
      ]
        .map(file => `A\t${file}`)
        .join('\n'),
    );
    expect(
      jobsOf(await git('show', `add-pipeline:${workflows}/pipeline.yaml`)),
    ).toMatchObject({
      node: { uses: `./${workflows}/node.yaml` },
      'terraform-infra': { with: { directory: 'infra' } },
      security: {},
      container: { needs: ['node', 'terraform-infra', 'security'] },
    });
    await add();
    await expect(branches()).resolves.toBe('add-pipeline\nmain');
  });

  it('says what to do about what it cannot hold', async () => {
    const { add } = await setUp({
      'go.mod': '',
      'tools/Dockerfile': '',
      'a b/package.json': '',
    });
    const { report } = await add();
    expect(report).toContain(
      'Container image in `tools`: its workflow knows the root alone, so this takes a workflow of your own',
    );
    expect(report).toContain(
      'Node.js in `a b`: add a job with this directory by hand',
    );
  });

  it('leaves alone what is there, does not call it, and says so', async () => {
    const { add, git } = await setUp({
      'go.mod': 'module x\n',
      [`${workflows}/go.yaml`]: 'on: push\n',
      [`${workflows}/ci.yml`]: 'on: push\n',
    });
    const { report, leftAlone } = await add();
    expect(leftAlone).toEqual([`${workflows}/go.yaml`]);
    expect(report).toContain(`\`${workflows}/go.yaml\`: it is yours`);
    expect(report).toContain(`\`${workflows}/ci.yml\`: remove it once`);
    await expect(
      git('show', `add-pipeline:${workflows}/go.yaml`),
    ).resolves.toBe('on: push');
    expect(
      Object.keys(
        jobsOf(await git('show', `add-pipeline:${workflows}/pipeline.yaml`)),
      ),
    ).toEqual(['security']);
  });

  it('adds the parts that were chosen only', async () => {
    const { add, git } = await setUp({ 'go.mod': '', 'package.json': '{}' });
    await add(['go']);
    expect(
      Object.keys(
        jobsOf(await git('show', `add-pipeline:${workflows}/pipeline.yaml`)),
      ),
    ).toEqual(['go', 'security']);
  });

  it('only looks in a dry run', async () => {
    const { add, branches } = await setUp({ 'go.mod': '' });
    await expect(add(undefined, true)).resolves.toMatchObject({
      leftAlone: [],
    });
    await expect(branches()).resolves.toBe('main');
  });

  it.each([
    ['nothing that it knows', {}, [], 'holds nothing that the pipeline knows'],
    [
      'not what is asked for',
      { 'go.mod': '' },
      ['helm' as const],
      'holds nothing of: helm. It holds: go',
    ],
    [
      'what lies out of its reach',
      { 'tools/Dockerfile': '' },
      [],
      'where the pipeline cannot reach it: container in tools',
    ],
    [
      'what is asked for out of its reach',
      { 'go.mod': '', 'tools/Dockerfile': '' },
      ['container' as const],
      'holds nothing of: container. It holds: go. What lies where the pipeline cannot reach it: container in tools',
    ],
  ])('refuses a repository with %s', async (_, files, parts, message) => {
    const { add, branches } = await setUp(files);
    await expect(add(parts)).rejects.toThrow(message);
    await expect(branches()).resolves.toBe('main');
  });

  it('refuses what is of others', async () => {
    const { add } = await setUp({ 'go.mod': '' }, 'group:default/others');
    await expect(add()).rejects.toThrow('is not of your teams');
  });

  it('adds nothing twice', async () => {
    const { add, git } = await setUp({ 'go.mod': '' });
    await add();
    await git('update-ref', 'refs/heads/main', 'refs/heads/add-pipeline');
    await git('update-ref', '-d', 'refs/heads/add-pipeline');
    await expect(add()).rejects.toThrow('has every file of the pipeline');
  });

  it('does not touch a branch with something else on it', async () => {
    const { add, git } = await setUp({ 'go.mod': '' });
    await git('update-ref', 'refs/heads/add-pipeline', 'refs/heads/main');
    await expect(add()).rejects.toThrow('with something else on it');
  });
});

it('documents every input of every workflow', () => {
  const files = pipelineParts.map(({ layer, workflow }) =>
    path.join(layersFolder, layer, workflows, workflow),
  );
  const docs = fs
    .readFileSync(
      path.resolve(layersFolder, '../add-pipeline/docs/index.md'),
      'utf8',
    )
    .replace(/ +/g, ' ');
  const undocumented = files.flatMap(at => {
    const file = path.basename(at);
    const { inputs } = parse(fs.readFileSync(at, 'utf8')).on.workflow_call;
    return Object.entries<{ description: string; default: unknown }>(inputs)
      .filter(([name, input]) => {
        const value = input.default === '' ? ' ' : ` \`${input.default}\` `;
        return !docs.includes(
          `| \`${file}\` | \`${name}\` |${value}| ${input.description} |`,
        );
      })
      .map(([name]) => `${file} ${name}`);
  });
  expect(undocumented).toEqual([]);
});
