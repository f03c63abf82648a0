import { mockServices } from '@backstage/backend-test-utils';
import { readPortalUrl } from './readPortalUrl';

const read = (baseUrl: string) =>
  readPortalUrl(mockServices.rootConfig({ data: { app: { baseUrl } } }));

it.each([
  ['https://portal.example.com', 'https://portal.example.com'],
  ['https://portal.example.com/', 'https://portal.example.com'],
  ['https://Example.com:8443/portal//', 'https://example.com:8443/portal'],
  ['http://localhost:7007', 'http://localhost:7007'],
  // Whatever stands there, a template may put it into a file as it is.
  [
    'https://example.com/a b{{c}}?d#e',
    'https://example.com/a%20b%7B%7Bc%7D%7D',
  ],
])('reads %s as %s', (baseUrl, expected) => {
  expect(read(baseUrl)).toBe(expected);
});

it('says what is wrong with what is no address', () => {
  expect(() => read('portal.example.com')).toThrow(
    'app.baseUrl is "portal.example.com", which is no address. Give the whole of it',
  );
});
