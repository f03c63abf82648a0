import type { Config } from '@backstage/config';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

type Directives = Record<string, string[] | null>;

const oneYearSeconds = 365 * 24 * 60 * 60;

// What no page of the portal asks for. Copying to the clipboard stays allowed.
const unusedFeatures = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
];

function defaultDirectives(baseUrl: URL): Directives {
  const socket = `${baseUrl.protocol === 'https:' ? 'wss' : 'ws'}://${
    baseUrl.host
  }`;
  return {
    'default-src': ["'self'"],
    'base-uri': ["'self'"],
    // Live updates; not every browser counts a socket as 'self'.
    'connect-src': ["'self'", socket],
    'font-src': ["'self'", 'data:'],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    'frame-src': ["'self'"],
    'img-src': ["'self'", 'data:', 'blob:', 'https:'],
    'object-src': ["'none'"],
    // Upstream's app compiles JSON schemas in the browser: docs/explanation/security-headers.md.
    'script-src': ["'self'", "'unsafe-eval'"],
    'script-src-attr': ["'none'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'worker-src': ["'self'", 'blob:'],
    ...(baseUrl.protocol === 'https:' && { 'upgrade-insecure-requests': [] }),
  };
}

function configuredDirectives(config: Config): Directives {
  const csp = config.getOptionalConfig('backend.csp');
  return Object.fromEntries(
    (csp?.keys() ?? []).map(name => [
      name,
      csp?.get(name) === false ? null : csp?.getStringArray(name) ?? null,
    ]),
  );
}

/**
 * Tells browsers what these pages never do. `backend.csp` replaces single
 * directives of the content security policy; `false` takes one away.
 */
export function securityHeaders(config: Config): RequestHandler[] {
  const baseUrl = new URL(config.getString('backend.baseUrl'));
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: Object.fromEntries(
        Object.entries({
          ...defaultDirectives(baseUrl),
          ...configuredDirectives(config),
        }).filter(([, sources]) => sources !== null),
      ),
    },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity:
      baseUrl.protocol === 'https:'
        ? { maxAge: oneYearSeconds, includeSubDomains: true }
        : false,
    xFrameOptions: { action: 'deny' },
  });
  const permissions = unusedFeatures.map(name => `${name}=()`).join(', ');
  return [
    headers,
    (req, res, next) => {
      res.setHeader('Permissions-Policy', permissions);
      if (req.path.toLocaleLowerCase('en-US').startsWith('/api/auth/')) {
        // A sign-in in a pop-up tells its opener how it went, after a visit to another origin.
        res.setHeader('Cross-Origin-Opener-Policy', 'unsafe-none');
      }
      next();
    },
  ];
}
