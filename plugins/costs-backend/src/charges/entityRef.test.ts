import { readEntityRef } from './entityRef';

it.each(['component:orders', 'Component:Default/orders'])('reads %s', text => {
  expect(readEntityRef(text)).toBe('component:default/orders');
});

it.each([
  '',
  ':',
  'orders',
  'default/orders',
  'component:',
  'a:b/c/d',
  'a:b c',
])('says that "%s" is none, and what to write', text => {
  expect(() => readEntityRef(text, 'items')).toThrow(
    `items: "${text}" is no entity reference; write it with its kind`,
  );
});
