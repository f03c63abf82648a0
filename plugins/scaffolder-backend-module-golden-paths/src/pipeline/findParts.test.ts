import { findParts } from './findParts';

const named = (paths: string[]) => {
  const { found, beyond } = findParts(paths);
  const tell = (list: typeof found) =>
    list.map(({ part, directory }) => `${part.id} ${directory}`);
  return { found: tell(found), beyond: tell(beyond) };
};

it('knows each part by its files', () => {
  expect(
    named([
      'README.md',
      'package.json',
      'pyproject.toml',
      'go.mod',
      'build.gradle.kts',
      'Dockerfile',
      'deploy/chart/Chart.yaml',
      'infra/main.tf',
      'infra/variables.tf',
    ]),
  ).toEqual({
    found: [
      'node .',
      'python .',
      'go .',
      'java .',
      'container .',
      'helm deploy/chart',
      'terraform infra',
    ],
    beyond: [],
  });
});

it('takes each of several directories, and the outer of two', () => {
  expect(
    named([
      'services/a/package.json',
      'services/b/package.json',
      'services/b/web/package.json',
      'infra/main.tf',
      'infra/modules/bucket/main.tf',
    ]).found,
  ).toEqual(['node services/a', 'node services/b', 'terraform infra']);
});

it('takes an inner directory too where the tool of the outer one passes over it', () => {
  expect(
    named([
      'go.mod',
      'tools/go.mod',
      'package.json',
      'package-lock.json',
      'packages/member/package.json',
      'site/package.json',
      'site/yarn.lock',
      'pyproject.toml',
      'docs/requirements.txt',
      'jobs/pyproject.toml',
      'pom.xml',
      'core/pom.xml',
      'Dockerfile',
      'tools/Dockerfile',
    ]),
  ).toEqual({
    found: [
      ...['node .', 'node site', 'python .', 'python jobs'],
      ...['go .', 'go tools', 'java .', 'container .'],
    ],
    beyond: ['container tools'],
  });
});

it('passes over code of others and what only tests look at', () => {
  expect(
    named([
      'vendor/x/go.mod',
      'node_modules/x/package.json',
      'lib/testdata/go.mod',
      'src/__fixtures__/a/pom.xml',
    ]),
  ).toEqual({ found: [], beyond: [] });
});

it('tells what is beyond one pipeline', () => {
  const many = Array.from({ length: 12 }, (_, i) => `s/${10 + i}/go.mod`);
  const { found, beyond } = named([
    ...many,
    'tools/Dockerfile',
    'a b/package.json',
    's/1 0/go.mod',
    "x';rm -rf ~/requirements.txt",
  ]);
  expect(found).toHaveLength(10);
  expect(beyond).toEqual([
    'node a b',
    "python x';rm -rf ~",
    'go s/1 0',
    'go s/20',
    'go s/21',
    'container tools',
  ]);
});
