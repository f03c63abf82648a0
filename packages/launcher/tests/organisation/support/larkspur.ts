import type { GitHubContent, Person } from './FakeGitHub.ts';
import type { GitLabContent } from './FakeGitLab.ts';

const file = 'catalog-info.yaml';

const entity = (kind: string, name: string, spec: Record<string, unknown>) =>
  JSON.stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
    spec,
  });

const component = (name: string, owner: string) =>
  entity('Component', name, {
    type: 'service',
    lifecycle: 'production',
    owner,
  });

const person = (login: string, name: string): Person => ({
  id: `U_${login}`,
  login,
  name,
  email: `${login}@larkspur.example`,
});

export const amara = person('amara', 'Amara Okafor');
export const sofia = person('sofia', 'Sofia Marino');

/** Has the name that Amara gave up, or nobody's; GitHub knows them by another id. */
export const stranger: Person = { ...amara, id: 'U_stranger' };

// More than a page of each: GitHub is asked for 50 people and 25 repositories at once.
const crowd = Array.from({ length: 55 }, (_, i) =>
  person(`person-${i}`, `Person ${i}`),
);
const plain = Array.from({ length: 26 }, (_, i) => ({
  name: `plain-${i}`,
  branch: 'main',
  files: {},
}));

/** An organisation at GitHub: three teams, a few repositories of theirs, many without a catalog file. */
export const atGitHub: GitHubContent = {
  organization: 'larkspur',
  token: 'the-token-of-github',
  people: [amara, ...crowd, sofia],
  teams: [
    { slug: 'engineering', name: 'Engineering', members: [] },
    {
      slug: 'ledger',
      name: 'Ledger',
      parent: 'engineering',
      members: ['amara', 'person-7'],
    },
    { slug: 'product', name: 'Product', members: ['sofia'] },
  ],
  repositories: [
    {
      name: 'checkout',
      branch: 'main',
      files: { [file]: component('checkout', 'group:default/ledger') },
    },
    {
      name: 'retired',
      branch: 'main',
      archived: true,
      files: { [file]: component('retired', 'group:default/ledger') },
    },
    {
      name: 'copy',
      branch: 'main',
      fork: true,
      files: { [file]: component('copy', 'group:default/ledger') },
    },
    {
      name: 'usurper',
      branch: 'main',
      files: {
        [file]: entity('Group', 'usurpers', { type: 'team', children: [] }),
      },
    },
    ...plain,
    {
      name: 'settlement',
      branch: 'trunk',
      files: { [file]: component('settlement', 'group:default/ledger') },
    },
  ],
};

/** A group at a GitLab of one's own, with a group below it. */
export const atGitLab: GitLabContent = {
  token: 'the-token-of-gitlab',
  people: [
    {
      id: 11,
      username: 'nils',
      name: 'Nils Berg',
      email: 'nils@larkspur.example',
    },
    {
      id: 12,
      username: 'oda',
      name: 'Oda Lind',
      email: 'oda@larkspur.example',
    },
  ],
  groups: [
    { id: 1, path: 'larkspur', name: 'Larkspur', members: ['oda'] },
    {
      id: 2,
      path: 'larkspur/data',
      name: 'Data',
      parent: 1,
      members: ['nils'],
    },
    { id: 3, path: 'elsewhere', name: 'Elsewhere', members: ['oda'] },
  ],
  projects: [
    {
      id: 21,
      path: 'larkspur/data/forecast',
      branch: 'develop',
      files: { [file]: component('forecast', 'group:default/data') },
    },
    {
      id: 22,
      path: 'larkspur/data/shelved',
      branch: 'main',
      archived: true,
      files: { [file]: component('shelved', 'group:default/data') },
    },
    { id: 23, path: 'larkspur/notes', branch: 'main', files: {} },
  ],
};
