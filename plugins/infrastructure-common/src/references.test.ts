import { partsOf } from './references';

it.each([
  ['Nobody is named.', []],
  ['Cancelled by user:default/amara.', ['user:default/amara']],
  [
    'user:default/jonas.weber, group:default/team-leads: both',
    ['user:default/jonas.weber', 'group:default/team-leads'],
  ],
  ['http://localhost:7007/docs and urn:group:x are none', []],
])('finds who is named in %j', (text, found) => {
  const parts = partsOf(text);
  expect(parts.map(part => part.text).join('')).toBe(text);
  expect(parts.filter(part => part.isReference).map(part => part.text)).toEqual(
    found,
  );
});
