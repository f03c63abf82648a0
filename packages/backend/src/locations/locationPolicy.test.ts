import { ConfigReader } from '@backstage/config';
import { requireAllowedLocation } from './locationPolicy';
import { readLocationSettings } from './settings';

const production = readLocationSettings(
  new ConfigReader({
    waymark: {
      environment: 'production',
      catalog: { allowedHosts: 'files.example.com, *.git.example.com' },
    },
    backend: { baseUrl: 'https://portal.example' },
    integrations: { github: [{ host: 'github.com' }] },
  }),
);

const url = (target: string) => ({ type: 'url', target });

describe('requireAllowedLocation', () => {
  it.each([
    'https://github.com/o/r/blob/main/catalog-info.yaml',
    'https://files.example.com/all.yaml',
    'https://a.git.example.com/all.yaml',
  ])('takes %s', target => {
    expect(() => requireAllowedLocation(url(target), production)).not.toThrow();
  });

  it.each([
    ['file', '/etc/passwd', 'InputError'],
    ['url', 'not a url', 'InputError'],
    ['url', 'http://github.com/x', 'InputError'],
    ['url', 'https://me:secret@github.com/x', 'InputError'],
    ['url', 'https://github.com:8443/x', 'NotAllowedError'],
    ['url', 'https://gitlab.com/x', 'NotAllowedError'],
    ['url', 'https://git.example.com.evil.example/x', 'NotAllowedError'],
    ['url', 'https://169.254.169.254/latest', 'NotAllowedError'],
    ['url', 'https://2130706433/', 'NotAllowedError'],
    ['url', 'https://[::ffff:10.0.0.1]/', 'NotAllowedError'],
    ['url', 'https://vault.internal/', 'NotAllowedError'],
  ])('refuses %s %s', (type, target, name) => {
    expect(() => requireAllowedLocation({ type, target }, production)).toThrow(
      expect.objectContaining({ name }),
    );
  });

  it('takes http from the portal itself, in development only', () => {
    const settings = (environment: string) =>
      readLocationSettings(
        new ConfigReader({
          waymark: { environment },
          backend: { baseUrl: 'http://localhost:7007' },
        }),
      );
    const own = url('http://localhost:7007/api/repositories/a/raw/main/b.yaml');
    expect(() =>
      requireAllowedLocation(own, settings('development')),
    ).not.toThrow();
    expect(() => requireAllowedLocation(own, settings('production'))).toThrow(
      'only https',
    );
    expect(() =>
      requireAllowedLocation(
        url('http://localhost:7008/x'),
        settings('development'),
      ),
    ).toThrow('only https');
  });
});
