import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import type { TreeEntry } from '@waymark/plugin-repositories-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import {
  repositoriesApiRef,
  type RepositoriesApi,
} from '../api/RepositoriesApi';
import { RepositoriesPage } from './RepositoriesPage';

const head = {
  commit: 'a'.repeat(40),
  author: 'Amara Okafor',
  committedAt: '2026-11-22T20:00:00Z',
  message: 'Create it',
};

const ledger = {
  name: 'ledger',
  description: 'Keeps the books.',
  defaultBranch: 'main',
  repositoryUrl: 'https://portal.example/repositories/ledger',
  cloneUrl: 'https://portal.example/api/repositories/git/ledger.git',
  head,
};

const files: Record<string, string> = {
  'README.md':
    '# The ledger\n\n[Guide](docs/guide.md) <script>alert(1)</script>',
  'docs/guide.md': 'How to use it',
};

const entries: TreeEntry[] = [
  { path: 'docs', type: 'folder' },
  { path: 'README.md', type: 'file', size: 40 },
];

const api: RepositoriesApi = {
  list: async () => ({ items: [ledger] }),
  describe: async name => {
    if (name === 'ledger') return ledger;
    throw new Error(`There is no repository named ${name}`);
  },
  commits: async () => ({ items: [head], totalItems: 1 }),
  browse: async ({ path }) => {
    const text = files[path];
    const at = { commit: head.commit, path };
    return text === undefined
      ? { type: 'folder', ...at, entries, totalItems: 2 }
      : { type: 'file', ...at, size: text.length, text };
  },
};

const renderAt = (path: string) =>
  renderInTestApp(
    <TestApiProvider apis={[[repositoriesApiRef, api]]}>
      <Routes>
        <Route path="/repositories/*" element={<RepositoriesPage />} />
      </Routes>
    </TestApiProvider>,
    { initialRouteEntries: [path] },
  );

describe('the pages of repositories', () => {
  it('lead from the list to files, README, history and clone command', async () => {
    renderAt('/repositories');
    await userEvent.click(await screen.findByRole('link', { name: 'ledger' }));
    expect(
      await screen.findByText(
        'git clone https://portal.example/api/repositories/git/ledger.git ledger',
      ),
    ).toBeVisible();
    expect(await screen.findByText('Create it')).toBeVisible();
    expect(
      await screen.findByRole('heading', { name: 'The ledger' }),
    ).toBeVisible();
    expect(document.querySelector('script')).toBeNull();
  });

  it('lead from a link in a document to the file it names', async () => {
    renderAt('/repositories/ledger');
    const guide = await screen.findByRole('link', { name: /Guide/ });
    expect(guide).toHaveAttribute(
      'href',
      '/repositories/ledger/main/docs/guide.md',
    );
  });

  it('open at a file', async () => {
    renderAt('/repositories/ledger/main/docs/guide.md');
    expect(await screen.findByText('How to use it')).toBeVisible();
  });

  it('say what is not there', async () => {
    renderAt('/repositories/none');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no repository named none',
    );
  });
});
