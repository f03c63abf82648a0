import { createHash } from 'node:crypto';
import {
  component,
  march,
  ref,
  usePlugins,
  type Listed,
} from './__testUtils__/usePlugins';

// Loaded machines are slow, and slow is not wrong.
jest.setTimeout(60_000);

const shops = ['opened', 'pushed', 'counted', 'elsewhere'] as const;
type Shop = (typeof shops)[number];

const { ask, send, tell, settled } = usePlugins(
  shops.flatMap(shop =>
    ['bff', 'web'].map(folder =>
      component(`${folder}-${shop}`, {
        'github.com/project-slug': `larkspur/${shop}`,
        'waymark.io/repository-paths': folder,
      }),
    ),
  ),
);

describe('a repository of several components on GitHub', () => {
  const merged = '2026-03-02T12:00:00Z';
  const shaOf = (shop: Shop) => createHash('sha1').update(shop).digest('hex');
  const repository = (shop: Shop) => ({
    full_name: `larkspur/${shop}`,
    default_branch: 'main',
  });
  const pull = (shop: Shop, action: string, at: string, more: object = {}) =>
    tell(
      'github',
      {
        action,
        repository: repository(shop),
        pull_request: {
          number: 4,
          title: `Totals ${shop}`,
          created_at: '2026-03-02T09:00:00Z',
          updated_at: at,
          merged_at: null,
          closed_at: null,
          head: { ref: 'totals' },
          base: { ref: 'main' },
          ...more,
        },
      },
      { 'x-github-event': 'pull_request' },
    );
  const open = (shop: Shop) => pull(shop, 'opened', '2026-03-02T09:00:00Z');
  const close = (shop: Shop) =>
    pull(shop, 'closed', merged, {
      merged_at: merged,
      closed_at: merged,
      merge_commit_sha: shaOf(shop),
    });
  const push = (shop: Shop, file: string) =>
    tell(
      'github',
      {
        ref: 'refs/heads/main',
        repository: repository(shop),
        commits: [
          {
            id: shaOf(shop),
            message: `Totals ${shop} (#4)`,
            timestamp: merged,
            added: [],
            modified: [file],
            removed: [],
          },
        ],
      },
      { 'x-github-event': 'push' },
    );

  /** The components at which the request is open. */
  async function openAt(shop: Shop): Promise<string[]> {
    const { open: waiting } = await ask<{ open: { items: Listed[] } }>(
      `/stages?${march}`,
    );
    return waiting.items
      .filter(({ title }) => title === `Totals ${shop}`)
      .map(({ service }) => service)
      .sort();
  }

  /** Both components are deployed with the merge. */
  async function deploy(shop: Shop): Promise<void> {
    const lines = ['bff', 'web'].map(folder =>
      JSON.stringify({
        type: 'deployment',
        id: `${folder}-${shop}`,
        service: `${folder}-${shop}`,
        environment: 'production',
        status: 'success',
        finishedAt: '2026-03-02T13:00:00Z',
        sha: shaOf(shop),
      }),
    );
    const { body } = await send('post', '/import')
      .set('content-type', 'application/x-ndjson')
      .send(lines.join('\n'))
      .expect(200);
    expect(body).toMatchObject({ accepted: 2 });
    await settled();
  }

  /** How many changes were brought to each component. */
  async function brought(shop: Shop): Promise<Record<string, number>> {
    const { items } = await ask<{
      items: { service: string; changes: number }[];
    }>(`/deployments?${march}`);
    return Object.fromEntries(
      ['bff', 'web'].map(folder => [
        folder,
        items.find(({ service }) => service === ref(`${folder}-${shop}`))
          ?.changes ?? Number.NaN,
      ]),
    );
  }

  it('has a pull request where its merge was pushed to', async () => {
    await open('opened');
    expect(await openAt('opened')).toEqual([
      ref('bff-opened'),
      ref('web-opened'),
    ]);
    await push('opened', 'web/index.ts');
    await close('opened');
    await deploy('opened');
    expect(await brought('opened')).toEqual({ bff: 0, web: 1 });
  });

  it('has it there where the push came before it', async () => {
    await push('pushed', 'web/index.ts');
    await close('pushed');
    await deploy('pushed');
    expect(await brought('pushed')).toEqual({ bff: 0, web: 1 });
  });

  it('counts it no more where it was counted before the push', async () => {
    await close('counted');
    await deploy('counted');
    expect(await brought('counted')).toEqual({ bff: 1, web: 1 });
    await push('counted', 'web/index.ts');
    expect(await brought('counted')).toEqual({ bff: 0, web: 1 });
  });

  it('has a pull request everywhere that touches no component’s folder', async () => {
    await open('elsewhere');
    await push('elsewhere', 'README.md');
    expect(await openAt('elsewhere')).toEqual([
      ref('bff-elsewhere'),
      ref('web-elsewhere'),
    ]);
  });
});
