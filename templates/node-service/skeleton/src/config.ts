import { statSync } from 'node:fs';
import { z } from 'zod';

export type AuthConfig =
  | { mode: 'disabled' }
  | { mode: 'jwt'; issuer: string; audience: string; jwksUrl: string };

export interface Config {
  host: string;
  port: number;
  logLevel: string;
  bodyLimitBytes: number;
  rateLimit: { max: number; windowSeconds: number };
  /** Proxies whose `x-forwarded-*` headers are believed. */
  trustProxy: string[];
  shutdown: { delayMs: number; timeoutMs: number };
  auth: AuthConfig;
  /** Says which flags are on; without it their defaults hold. */
  flagsFile: string | undefined;
  otlpEndpoint: string | undefined;
}

export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`The configuration has ${problems.length} problem(s)`);
  }
}

const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`);

const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'must be an http or https URL',
});

const environment = z.object({
  NODE_ENV: z
    .enum(
      ['development', 'test', 'production'],
      'must be development, test or production',
    )
    .default('development'),
  HOST: z.string().default('0.0.0.0'),
  PORT: wholeNumber(0, 65535).default(8080),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
  BODY_LIMIT_BYTES: wholeNumber(1, 10_485_760).default(65_536),
  RATE_LIMIT_MAX: wholeNumber(1, 1_000_000).default(300),
  RATE_LIMIT_WINDOW_SECONDS: wholeNumber(1, 3600).default(60),
  TRUST_PROXY: z.string().default(''),
  SHUTDOWN_DELAY_MS: wholeNumber(0, 60_000).default(5000),
  SHUTDOWN_TIMEOUT_MS: wholeNumber(1, 300_000).default(20_000),
  AUTH_MODE: z
    .enum(['jwt', 'disabled'], 'must be jwt or disabled')
    .default('jwt'),
  AUTH_ISSUER: z.string().optional(),
  AUTH_AUDIENCE: z.string().optional(),
  AUTH_JWKS_URL: httpUrl.optional(),
  FLAGS_FILE: z
    .string()
    .refine(
      file => statSync(file, { throwIfNoEntry: false })?.isFile(),
      'must name a file that is there',
    )
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal('http/protobuf', 'must be http/protobuf')
    .optional(),
});

/** What no single variable can tell. Works on raw text, so that these problems
 * are reported together with those of the schema. */
function problemsBetween(env: Record<string, string>): string[] {
  if (env['AUTH_MODE'] === 'disabled') {
    return env['NODE_ENV'] === 'production'
      ? ['AUTH_MODE: must not be disabled in production']
      : [];
  }
  return ['AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URL']
    .filter(name => env[name] === undefined)
    .map(name => `${name}: is required unless AUTH_MODE is disabled`);
}

/** Reads the whole environment once; throws with every problem found. */
export function readConfig(source: NodeJS.ProcessEnv): Config {
  // An empty variable is how many tools write an absent one.
  const env = Object.fromEntries(
    Object.entries(source).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && entry[1] !== '',
    ),
  );
  const parsed = environment.safeParse(env);
  const problems = [
    ...(parsed.error?.issues ?? []).map(
      issue => `${issue.path.join('.')}: ${issue.message}`,
    ),
    ...problemsBetween(env),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(problems);
  }
  const {
    AUTH_ISSUER: issuer = '',
    AUTH_AUDIENCE: audience = '',
    AUTH_JWKS_URL: jwksUrl = '',
    ...values
  } = parsed.data;
  return {
    host: values.HOST,
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    bodyLimitBytes: values.BODY_LIMIT_BYTES,
    rateLimit: {
      max: values.RATE_LIMIT_MAX,
      windowSeconds: values.RATE_LIMIT_WINDOW_SECONDS,
    },
    trustProxy: values.TRUST_PROXY.split(',')
      .map(part => part.trim())
      .filter(part => part !== ''),
    shutdown: {
      delayMs: values.SHUTDOWN_DELAY_MS,
      timeoutMs: values.SHUTDOWN_TIMEOUT_MS,
    },
    auth:
      values.AUTH_MODE === 'disabled'
        ? { mode: 'disabled' }
        : { mode: 'jwt', issuer, audience, jwksUrl },
    flagsFile: values.FLAGS_FILE,
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
  };
}
