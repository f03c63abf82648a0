import { mockServices } from '@backstage/backend-test-utils';
import { readPolicySettings } from './config';

const read = (policy?: object) =>
  readPolicySettings(
    mockServices.rootConfig({ data: { infrastructure: { policy } } }),
  );

describe('readPolicySettings', () => {
  it('judges in process by the rules that came with the portal', () => {
    expect(read()).toEqual({
      kind: 'inProcess',
      folder: expect.stringMatching(
        /infrastructure-backend-module-opa\/compiled$/,
      ),
    });
  });

  it('judges by other compiled rules', () => {
    expect(read({ compiled: '/srv/policies' })).toEqual({
      kind: 'inProcess',
      folder: '/srv/policies',
    });
  });

  it('asks a server', () => {
    expect(read({ opa: { url: 'https://opa.example.com' } })).toEqual({
      kind: 'server',
      url: new URL('https://opa.example.com'),
      token: undefined,
      timeoutMs: 2_000,
    });
    expect(
      read({
        opa: {
          url: 'http://opa:8181',
          token: 'sesame',
          timeout: { seconds: 1 },
        },
      }),
    ).toMatchObject({ token: 'sesame', timeoutMs: 1_000 });
  });

  it.each([
    [{ opa: { url: 'opa' } }, /"opa" is not an address/],
    [{ opa: { url: 'file:///etc' } }, /not an address/],
    [{ opa: {} }, /infrastructure\.policy\.opa\.url/],
    [{ compiled: 'x', opa: { url: 'https://opa' } }, /both compiled and opa/],
  ])('refuses %j', (policy, reason) => {
    expect(() => read(policy)).toThrow(reason);
  });
});
