import { exceptionFilter } from './ExceptionList';

const states = { pending: { text: 'Waits' }, granted: { text: 'Granted' } };

it.each([
  ['', { state: undefined, owner: undefined, offset: 0 }],
  [
    'state=granted&owner=group:default/ledger&offset=50',
    { state: 'granted', owner: 'group:default/ledger', offset: 50 },
  ],
  [
    'state=toString&owner=&offset=-1',
    { state: undefined, owner: undefined, offset: 0 },
  ],
])('reads the address ?%s', (address, expected) => {
  expect(exceptionFilter(new URLSearchParams(address), states)).toEqual({
    limit: 50,
    ...expected,
  });
});
