import type { Visit } from '@backstage/plugin-home';
import { recentPages } from './visits';

function visit(pathname: string, name: string, entityRef?: string): Visit {
  return { id: pathname, pathname, name, entityRef, hits: 1, timestamp: 1 };
}

const entityTitle = (ref: string) => `Title of ${ref}`;

describe('recentPages', () => {
  it('names entities, sections and other pages, each once', () => {
    const pages = recentPages(
      [
        visit('/catalog/default/api/pay', 'pay', 'api:default/pay'),
        visit('/catalog-import', 'catalog-import'),
        visit('/create/tasks', 'Create · Waymark'),
        visit('/create/actions', 'Create · Waymark'),
      ],
      'Waymark',
      entityTitle,
    );
    expect(pages).toEqual([
      { title: 'Title of api:default/pay', href: '/catalog/default/api/pay' },
      { title: 'Catalog import', href: '/catalog-import' },
      { title: 'Create', href: '/create/tasks' },
    ]);
  });

  it('leaves out pages that were known by the name of the portal only', () => {
    const pages = recentPages([visit('/a/b', 'Waymark')], 'Waymark', String);
    expect(pages).toEqual([]);
  });
});
