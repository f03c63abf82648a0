import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import type { FleetApi } from '../api/FleetApi';
import {
  entityRef,
  member,
  renderFleet,
  upgrade,
} from '../__testUtils__/renderFleet';
import { EntityGoldenPathTab } from './EntityGoldenPathTab';

const plain = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'blue-paper', namespace: 'default' },
};
const made = {
  ...plain,
  metadata: {
    ...plain.metadata,
    annotations: { 'waymark.io/template': 'paper' },
  },
};

function open(fleet: Partial<FleetApi>, entity: Entity = made) {
  return renderFleet(
    <EntityProvider entity={entity}>
      <EntityGoldenPathTab />
    </EntityProvider>,
    {
      fleet: {
        getMember: async () => member,
        listExceptions: async () => ({ items: [], total: 0 }),
        listUpgrades: async () => ({ items: [], total: 0 }),
        previewUpgrade: async () => ({
          template: member.template,
          from: '1.0.0',
          to: '1.1.0',
          branch: 'upgrade/paper-1.1.0',
          title: 'Upgrade paper from 1.0.0 to 1.1.0',
          summary: '**What is new**\n\n- Six is louder.',
          changes: [{ path: 'src/main.ts', kind: 'changed' }],
          conflicts: [],
          migrations: [],
        }),
        ...fleet,
      },
    },
  );
}

it('shows what an upgrade changes, and asks for it', async () => {
  const asked: unknown[] = [];
  const { container } = open({
    requestUpgrade: async request => {
      asked.push(request);
      return { ...upgrade, state: 'waiting' };
    },
  });
  const news = await screen.findByText(/Six is louder/);
  expect(news.closest('li')).toBeVisible();
  expect(
    screen.getByText('1 file changes, 0 wait for a decision.'),
  ).toBeVisible();
  expect(screen.getByText('Supported until 29 May 2027')).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
  await userEvent.click(screen.getByRole('button', { name: 'Upgrade' }));
  expect(asked).toEqual([{ entityRef }]);
});

it('shows the lines that people changed when it is asked for them', async () => {
  open({
    getDrift: async () => ({
      files: [
        {
          path: 'src/main.ts',
          kind: 'changed',
          added: 1,
          removed: 2,
          patch: '-old\n+new\n',
        },
      ],
    }),
  });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Show the changes' }),
  );
  expect(await screen.findByText(/1 lines added, 2 removed/)).toBeVisible();
});

it('waits for a repository that nobody has read yet, and shows it by itself', async () => {
  const unread = Object.assign(new Error('It is on no golden path.'), {
    name: 'NotFoundError',
  });
  let isRead = false;
  open({
    getMember: async () => {
      if (!isRead) throw unread;
      return member;
    },
  });
  expect(
    await screen.findByRole('heading', { name: 'Not read yet' }),
  ).toBeVisible();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  isRead = true;
  expect(
    await screen.findByText(/Six is louder/, {}, { timeout: 20_000 }),
  ).toBeVisible();
});

it('merges what has no conflict', async () => {
  const merged: string[] = [];
  open({
    listUpgrades: async () => ({ items: [upgrade], total: 1 }),
    mergeUpgrade: async id => {
      merged.push(id);
      return { ...upgrade, state: 'merged' };
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Merge' }));
  expect(merged).toEqual([upgrade.id]);
});

it('lists conflicts, and offers no merge', async () => {
  open({
    listUpgrades: async () => ({
      items: [
        {
          ...upgrade,
          conflicts: [{ path: 'src/main.ts', kind: 'both-changed' }],
        },
      ],
      total: 1,
    }),
  });
  expect(
    await screen.findByText(/you and the template changed the same lines/),
  ).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Merge' })).toBeNull();
});

it('offers no upgrade to those who may not, and no lines', async () => {
  open({ getMember: async () => ({ ...member, mayUpgrade: false }) });
  expect(
    await screen.findByText(/Its owners and the platform team/),
  ).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Show the changes' })).toBeNull();
});

it('leads onto one what is on none', async () => {
  open({}, plain);
  expect(await screen.findByRole('link', { name: 'Adopt one' })).toBeVisible();
  expect(
    await screen.findByRole('button', { name: 'Ask for an exception' }),
  ).toBeVisible();
});

it.each([
  ['pending' as const, 'scan', /The portal merges it once.* Under way: scan\./],
  [
    'failed' as const,
    'build',
    /Look at it and merge it\. Checks: Failed: build/,
  ],
])(
  'says who merges what has checks that are %s',
  async (checks, note, text) => {
    open({
      listUpgrades: async () => ({
        items: [{ ...upgrade, checks, checksNote: note }],
        total: 1,
      }),
    });
    expect(await screen.findByText(text)).toBeVisible();
  },
);

it('merges an adoption where nobody reviews', async () => {
  const merged: string[] = [];
  open(
    {
      listUpgrades: async () => ({
        items: [{ ...upgrade, from: '' }],
        total: 1,
      }),
      mergeUpgrade: async id => {
        merged.push(id);
        return { ...upgrade, state: 'merged' };
      },
    },
    plain,
  );
  expect(await screen.findByText('Adoption of paper 1.1.0')).toBeVisible();
  await userEvent.click(await screen.findByRole('button', { name: 'Merge' }));
  expect(merged).toEqual([upgrade.id]);
});
