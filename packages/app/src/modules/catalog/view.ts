/** What of the catalog is shown. It stands in the address, so that it can be kept and sent. */
export type CatalogView = {
  /** In lower case, such as `component`. */
  kind: string;
  /** Whose entities: everybody's, those of the person's groups, or starred ones. */
  user: 'all' | 'owned' | 'starred';
  types: string[];
  owners: string[];
  lifecycles: string[];
  tags: string[];
  text: string;
  /** From 1. */
  page: number;
};

/** The filters of which several values may be chosen. */
export const choices = ['types', 'owners', 'lifecycles', 'tags'] as const;
export type Choice = (typeof choices)[number];

// The names that links from all over the portal use: they are upstream's.
const names: Record<Choice, string> = {
  types: 'type',
  owners: 'owners',
  lifecycles: 'lifecycles',
  tags: 'tags',
};

/** A catalog without any filter. */
export const everything: CatalogView = {
  kind: 'component',
  user: 'all',
  types: [],
  owners: [],
  lifecycles: [],
  tags: [],
  text: '',
  page: 1,
};

function valuesOf(search: URLSearchParams, name: string): string[] {
  const values = [...search.entries()].flatMap(([key, value]) => {
    const [, found] = /^filters\[(\w+)\](?:\[\d*\])?$/.exec(key) ?? [];
    return found === name && value ? [value] : [];
  });
  return [...new Set(values)];
}

/** Reads `filters[kind]=…&filters[tags][0]=…&page=2`. What it does not understand, it leaves out. */
export function readView(search: URLSearchParams): CatalogView {
  const [user] = valuesOf(search, 'user');
  const [kind = everything.kind] = valuesOf(search, 'kind');
  const page = Math.trunc(Number(search.get('page')));
  return {
    kind: kind.toLocaleLowerCase('en-US'),
    user: user === 'owned' || user === 'starred' ? user : 'all',
    types: valuesOf(search, names.types).filter(type => type !== 'all'),
    owners: valuesOf(search, names.owners),
    lifecycles: valuesOf(search, names.lifecycles),
    tags: valuesOf(search, names.tags),
    text: valuesOf(search, 'text')[0] ?? '',
    page: page > 1 ? page : 1,
  };
}

/** Writes what `readView` reads; what is as it always is stays out. */
export function writeView(view: CatalogView): URLSearchParams {
  const search = new URLSearchParams();
  const single = { kind: view.kind, user: view.user, text: view.text };
  for (const [name, value] of Object.entries(single)) {
    const usual = everything[name as keyof typeof single];
    if (value !== usual) search.append(`filters[${name}]`, value);
  }
  for (const choice of choices) {
    view[choice].forEach((value, index) =>
      search.append(`filters[${names[choice]}][${index}]`, value),
    );
  }
  if (view.page > 1) search.append('page', String(view.page));
  return search;
}

/** How many filters narrow the view, its kind aside. */
export function narrowedBy(view: CatalogView): number {
  return (
    choices.filter(choice => view[choice].length > 0).length +
    (view.text ? 1 : 0) +
    (view.user === 'all' ? 0 : 1)
  );
}
