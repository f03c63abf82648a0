import type { Config } from '@backstage/config';
import { readList } from '../settings/readList';
import type { Finding } from './findings';
import { repositoryFindings } from './repositories';
import { secretProblem } from './secrets';
import { signInButtonFindings } from './signInButtons';

type Check = (config: Config, env: NodeJS.ProcessEnv) => Finding[];

const found = (wrong: boolean, key: string, message: string): Finding[] =>
  wrong ? [{ key, message }] : [];

const loopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/;

function urlOf(text: string | undefined): URL | undefined {
  try {
    return text ? new URL(text) : undefined;
  } catch {
    return undefined;
  }
}

const addresses: Check = config =>
  ['app.baseUrl', 'backend.baseUrl'].flatMap(key => {
    const url = urlOf(config.getOptionalString(key));
    return found(
      url?.protocol !== 'https:' || loopback.test(url.hostname),
      key,
      'is not a public https address; set WAYMARK_URL to the one people open',
    );
  });

const development: Check = (_config, env) =>
  found(
    env.WAYMARK_DEVELOPMENT !== undefined,
    'WAYMARK_DEVELOPMENT',
    'is set in the environment; only the launcher of a development portal sets it: remove it',
  );

const signIn: Check = config => {
  const providers = config.getOptionalConfig('auth.providers');
  const environment =
    config.getOptionalString('auth.environment') ?? 'development';
  // A provider whose client id was not given is not there: its variables are optional.
  const configured = (providers?.keys() ?? []).filter(
    id => id === 'guest' || providers?.has(`${id}.${environment}.clientId`),
  );
  const metadataUrl = providers?.getOptionalString(
    `oidc.${environment}.metadataUrl`,
  );
  const metadata = urlOf(metadataUrl);
  return [
    ...found(
      environment === 'development',
      'auth.environment',
      'is development; set it to production',
    ),
    ...found(
      providers?.has('guest') ?? false,
      'auth.providers.guest',
      'lets anybody in without a name; remove it',
    ),
    ...found(
      configured.filter(id => id !== 'guest').length === 0,
      'auth.providers',
      'has no provider, so nobody could sign in; set OIDC_METADATA_URL, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or GITHUB_SIGN_IN_CLIENT_ID and GITHUB_SIGN_IN_CLIENT_SECRET',
    ),
    ...found(
      configured.includes('oidc') &&
        (metadata?.protocol !== 'https:' || loopback.test(metadata.hostname)),
      `auth.providers.oidc.${environment}.metadataUrl`,
      'is not the https address of an issuer (a local issuer is for development); set OIDC_METADATA_URL',
    ),
    ...signInButtonFindings(
      config,
      configured.filter(id => id !== 'guest'),
    ),
    ...configured
      .filter(id => id !== 'guest')
      .flatMap(id => {
        const given = providers?.getOptionalString(
          `${id}.${environment}.clientSecret`,
        );
        const problem = secretProblem(given);
        // The provider chose it, and its length: only what is no secret at all is refused.
        return found(
          !given || problem === 'is a placeholder',
          `auth.providers.${id}.${environment}.clientSecret`,
          `${problem}; set ${
            id === 'oidc'
              ? 'OIDC_CLIENT_SECRET'
              : 'GITHUB_SIGN_IN_CLIENT_SECRET'
          }`,
        );
      }),
  ];
};

const session: Check = config => {
  const problem = secretProblem(
    config.getOptionalString('auth.session.secret'),
  );
  return problem
    ? [
        {
          key: 'auth.session.secret',
          message: `${problem}; set WAYMARK_SESSION_SECRET to 32 or more random characters (openssl rand -base64 48)`,
        },
      ]
    : [];
};

const infrastructureKeys: Check = config =>
  (
    config.getOptionalConfigArray('infrastructure.encryption.keys') ?? []
  ).flatMap((key, index) => {
    const problem = secretProblem(key.getOptionalString('secret'));
    return found(
      Boolean(problem),
      `infrastructure.encryption.keys[${index}].secret`,
      `${problem}; set WAYMARK_INFRASTRUCTURE_KEY to 32 or more random characters (openssl rand -base64 48), and keep it: what it encrypted cannot be read without it`,
    );
  });

const sharedSecrets: Record<string, string> = {
  static: 'token',
  legacy: 'secret',
};

const serviceTokens: Check = config =>
  (config.getOptionalConfigArray('backend.auth.externalAccess') ?? []).flatMap(
    (access, index) => {
      const key = `backend.auth.externalAccess[${index}]`;
      const option = sharedSecrets[access.getString('type')];
      const shared = option && access.getOptionalString(`options.${option}`);
      const problem = option && secretProblem(shared);
      return [
        ...found(
          Boolean(problem),
          `${key}.options.${option}`,
          `${problem}; use 32 or more random characters`,
        ),
        ...found(
          !access.has('accessRestrictions'),
          `${key}.accessRestrictions`,
          'is missing, so the token may do everything; name the plugins and permissions it is for',
        ),
      ];
    },
  );

const catalog: Check = config =>
  (config.getOptionalConfigArray('catalog.locations') ?? []).flatMap(
    (location, index) =>
      found(
        location.getOptionalString('type') === 'file',
        `catalog.locations[${index}]`,
        `reads the file ${location.getOptionalString(
          'target',
        )}, as the demo organisation does; use type url, or discovery`,
      ),
  );

const permissions: Check = config => {
  const roles = ['developer', 'team-lead', 'platform-engineer'];
  const given = roles.flatMap(role =>
    readList(config, `waymark.permission.roles.${role}`),
  );
  return [
    ...found(
      config.getOptionalBoolean('permission.enabled') !== true,
      'permission.enabled',
      'is not true, so everybody could do everything; set it to true',
    ),
    ...found(
      given.length === 0,
      'waymark.permission.roles',
      'names no group, so everybody would be a viewer; set WAYMARK_DEVELOPERS, WAYMARK_TEAM_LEADS and WAYMARK_PLATFORM_ENGINEERS to groups of the catalog',
    ),
  ];
};

const weakPasswords = new Set(['postgres', 'waymark', 'backstage', 'admin']);

const database: Check = config => {
  const at = 'backend.database';
  const password = config.getOptionalString(`${at}.connection.password`);
  const client = config.getOptionalString(`${at}.client`);
  return [
    ...found(
      client !== 'pg',
      `${at}.client`,
      'is not pg; the portal keeps its data in PostgreSQL',
    ),
    ...found(
      !config.getOptionalString(`${at}.connection.host`),
      `${at}.connection.host`,
      'is not set; set POSTGRES_HOST',
    ),
    ...found(
      !password ||
        password.length < 12 ||
        weakPasswords.has(password) ||
        secretProblem(password) === 'is a placeholder',
      `${at}.connection.password`,
      'is missing, short or a default; set POSTGRES_PASSWORD to 12 or more characters of its own',
    ),
  ];
};

const origins: Check = config =>
  ['backend.cors.origin', 'waymark.mcp.allowedOrigins'].flatMap(key =>
    found(
      readList(config, key).includes('*'),
      key,
      'lets pages of any site ask the portal; name the origins, or remove it',
    ),
  );

function dangerousKeys(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    const at = path ? `${path}.${key}` : key;
    return [
      ...(/^dangerous/i.test(key) && entry !== false ? [at] : []),
      ...dangerousKeys(entry, at),
    ];
  });
}

const dangerous: Check = config =>
  dangerousKeys(config.getOptional(), '').map(key => ({
    key,
    message: 'takes a protection away; remove it',
  }));

const events: Check = config =>
  (config.getOptionalStringArray('events.http.topics') ?? []).map(topic => ({
    key: 'events.http.topics',
    message: `opens the topic ${topic} to anybody, since topics listed there verify no signature; remove it and install the module that receives ${topic} with a validator`,
  }));

/** What a production portal is checked for, in the order in which it is told. */
export const productionChecks: Check[] = [
  development,
  addresses,
  signIn,
  session,
  infrastructureKeys,
  serviceTokens,
  permissions,
  catalog,
  database,
  repositoryFindings,
  origins,
  events,
  dangerous,
];
