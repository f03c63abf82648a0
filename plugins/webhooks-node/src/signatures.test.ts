import { createHmac } from 'node:crypto';
import { requireHmacSha256, sameSecret } from './signatures';

const body = Buffer.from('{"zen":"Keep it logically awesome."}');
const sign = (secret: string) =>
  createHmac('sha256', secret).update(body).digest('hex');

describe('requireHmacSha256', () => {
  const check = (signatures: string[], secrets = ['new', 'old']) =>
    requireHmacSha256({ body, signatures, secrets, header: 'X-Signature' });

  it('accepts a signature under any of the secrets', () => {
    expect(() => check([sign('new')])).not.toThrow();
    expect(() => check([sign('other'), sign('old')])).not.toThrow();
  });

  it('refuses a signature under another secret, and one of another body', () => {
    expect(() => check([sign('other')])).toThrow(/does not fit the body/);
    expect(() =>
      requireHmacSha256({
        body: Buffer.from('{}'),
        signatures: [sign('new')],
        secrets: ['new'],
        header: 'X-Signature',
      }),
    ).toThrow(/does not fit the body/);
  });

  it('refuses a missing signature, and everything without a secret', () => {
    expect(() => check([])).toThrow('The X-Signature header is missing');
    expect(() => check([sign('')], [])).toThrow(/No secret is configured/);
  });
});

describe('sameSecret', () => {
  it('compares secrets of any length', () => {
    expect(sameSecret('a', 'a')).toBe(true);
    expect(sameSecret('a', 'ab')).toBe(false);
    expect(sameSecret('', 'a')).toBe(false);
  });
});
