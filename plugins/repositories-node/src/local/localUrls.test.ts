import { ScmIntegrations } from '@backstage/integration';
import { mockServices } from '@backstage/backend-test-utils';
import { localUrls, parseRawUrl, rawUrl } from './localUrls';

const base = 'https://portal.example/sub';
const { catalogInfoUrl } = localUrls(base, {
  name: 'payments-ledger',
  defaultBranch: 'release/1',
});

it('reads back what it wrote', () => {
  const file = {
    name: 'payments-ledger',
    ref: 'release/1',
    path: 'docs/a b%#?.md',
  };
  expect(parseRawUrl(base, rawUrl(base, file))).toEqual(file);
});

it.each([
  ['./openapi.yaml', 'openapi.yaml'],
  ['docs/index.md', 'docs/index.md'],
  ['.', ''],
])(
  'is a base from which %s resolves, as catalog and docs do it',
  (url, path) => {
    const integrations = ScmIntegrations.fromConfig(mockServices.rootConfig());
    const resolved = integrations.resolveUrl({ url, base: catalogInfoUrl });
    expect(parseRawUrl(base, resolved)).toEqual({
      name: 'payments-ledger',
      ref: 'release/1',
      path,
    });
  },
);

it.each([
  'https://elsewhere.example/sub/api/repositories/payments-ledger/raw/main/x',
  'https://portal.example/api/repositories/payments-ledger/raw/main/x',
  'https://me@portal.example/sub/api/repositories/payments-ledger/raw/main/x',
  'https://portal.example/sub/api/repositories/payments-ledger/tree/main/x',
  'https://portal.example/sub/api/repositories/payments-ledger/raw',
  'https://portal.example/sub/api/repositories/UPPER/raw/main/x',
  'https://portal.example/sub/api/repositories/payments-ledger/raw/main/%ff',
  'https://portal.example/sub/api/catalog/entities',
])('knows nothing of %s', url => {
  expect(parseRawUrl(base, url)).toBeUndefined();
});
