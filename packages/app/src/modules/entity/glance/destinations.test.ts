import type { Entity } from '@backstage/catalog-model';
import { destinationsOf } from './destinations';

const page = '/catalog/default/component/orders';

function entity(kind: string, metadata: Partial<Entity['metadata']>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'orders', ...metadata },
  };
}

describe('destinationsOf', () => {
  it('leads to docs only where there are docs', () => {
    const documented = entity('Component', {
      annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
    });

    expect(destinationsOf(documented, { page })).toEqual([
      { kind: 'docs', title: 'Docs', href: `${page}/docs` },
    ]);
    expect(destinationsOf(entity('Component', {}), { page })).toEqual([]);
  });

  it('leads from an API to its definition', () => {
    expect(destinationsOf(entity('API', {}), { page })[0].href).toBe(
      `${page}/definition`,
    );
  });

  it('shows the address of a link without a title', () => {
    const [link] = destinationsOf(
      entity('Component', { links: [{ url: 'https://status.example' }] }),
      { page },
    );

    expect(link.title).toBe('https://status.example');
  });

  it('drops links that would run a script', () => {
    const hostile = entity('Component', {
      links: [{ url: 'vbscript:run()', title: 'Runbook' }],
      annotations: { 'backstage.io/edit-url': 'data:text/html,hello' },
    });

    expect(destinationsOf(hostile, { page })).toEqual([]);
  });

  it('prefers the source that an integration knows', () => {
    const known = entity('Component', {
      annotations: {
        'backstage.io/view-url': 'https://git.example/view',
        'backstage.io/edit-url': 'https://git.example/edit',
      },
    });

    expect(
      destinationsOf(known, { page, source: 'https://git.example/tree' }).map(
        destination => destination.href,
      ),
    ).toEqual(['https://git.example/tree', 'https://git.example/edit']);
  });

  it('leads to the page of a repository that the portal keeps', () => {
    const raw = 'https://portal.example/api/repositories/orders/raw/main/';
    const kept = entity('Component', {
      annotations: { 'backstage.io/edit-url': `${raw}catalog-info.yaml` },
    });
    const pageOf = (url: string) =>
      url.startsWith(raw) ? '/repositories/orders/main' : undefined;

    expect(destinationsOf(kept, { page, source: raw, pageOf })).toEqual([
      {
        kind: 'source',
        title: 'View source',
        href: '/repositories/orders/main',
      },
    ]);
  });
});
