import { pageOfRawUrl, repositoryPagePath } from './pages';

const api = 'https://portal.example/api/repositories';

describe('repositoryPagePath', () => {
  it('keeps the folders of a path apart and a branch in one piece', () => {
    expect(
      repositoryPagePath({
        name: 'ledger',
        ref: 'fix/round up',
        path: 'docs/a b.md',
      }),
    ).toBe('/repositories/ledger/fix%2Fround%20up/docs/a%20b.md');
    expect(repositoryPagePath({ name: 'ledger' })).toBe('/repositories/ledger');
  });
});

describe('pageOfRawUrl', () => {
  it.each([
    [`${api}/ledger/raw/main/`, '/repositories/ledger/main'],
    [
      `${api}/ledger/raw/main/src/a.ts#L3`,
      '/repositories/ledger/main/src/a.ts',
    ],
    [`${api}/ledger/raw/fix%2Fa/docs`, '/repositories/ledger/fix%2Fa/docs'],
  ])('leads from %s to %s', (url, page) => {
    expect(pageOfRawUrl(api, url)).toBe(page);
    expect(pageOfRawUrl(`${api}/`, url)).toBe(page);
  });

  it.each([
    'https://github.com/larkspur/ledger/blob/main/a.ts',
    `${api}/git/ledger.git`,
    `${api}/ledger/tree/main`,
    `${api}/ledger/raw/`,
    `${api}/ledger/raw/main/%E0%A4%A`,
    `${api}-elsewhere/ledger/raw/main/a`,
  ])('knows no page for %s', url => {
    expect(pageOfRawUrl(api, url)).toBeUndefined();
  });
});
