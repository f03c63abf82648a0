import { Cipher } from './Cipher';

const clear = Buffer.from('a password');

it('reads what it wrote, and never writes it in clear or twice the same', () => {
  const cipher = new Cipher([{ id: 'a', secret: 'first' }]);
  const sealed = cipher.encrypt(clear, 'secret:1:password');

  expect(cipher.decrypt(sealed, 'secret:1:password')).toEqual(clear);
  expect(sealed.includes(clear)).toBe(false);
  expect(cipher.encrypt(clear, 'secret:1:password')).not.toEqual(sealed);
});

it('reads what an older key wrote while that key is known', () => {
  const sealed = new Cipher([{ id: 'a', secret: 'first' }]).encrypt(clear, 'x');
  const both = [
    { id: 'b', secret: 'second' },
    { id: 'a', secret: 'first' },
  ];

  expect(new Cipher(both).decrypt(sealed, 'x')).toEqual(clear);
  expect(() => new Cipher(both.slice(0, 1)).decrypt(sealed, 'x')).toThrow(
    'The encryption key "a" is not in infrastructure.encryption.keys any more',
  );
});

it('refuses what was changed, moved or encrypted with another secret', () => {
  const cipher = new Cipher([{ id: 'a', secret: 'first' }]);
  const sealed = cipher.encrypt(clear, 'x');
  for (let at = 2; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] + 1) % 256;
    expect(() => cipher.decrypt(changed, 'x')).toThrow();
  }
  expect(() => cipher.decrypt(sealed, 'y')).toThrow();
  expect(() =>
    new Cipher([{ id: 'a', secret: 'other' }]).decrypt(sealed, 'x'),
  ).toThrow();
});

it('does not begin without a key', () => {
  expect(() => new Cipher([])).toThrow('infrastructure.encryption.keys');
});
