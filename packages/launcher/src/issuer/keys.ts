import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';

/** What the issuer signs with; kept, so that tokens stay valid across restarts. */
export type IssuerKeys = {
  jwks: { keys: Record<string, unknown>[] };
  cookieKeys: string[];
};

/** Reads the issuer's keys, making them on the first start. */
export async function loadIssuerKeys(): Promise<IssuerKeys> {
  const file = path.join(paths.data, 'issuer-keys.json');
  const stored = await fs.readFile(file, 'utf8').catch(() => undefined);
  if (stored) return JSON.parse(stored);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys: IssuerKeys = {
    jwks: {
      keys: [
        {
          ...privateKey.export({ format: 'jwk' }),
          kid: randomBytes(8).toString('hex'),
          use: 'sig',
          alg: 'RS256',
        },
      ],
    },
    cookieKeys: [randomBytes(24).toString('base64url')],
  };
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(`${file}.partial`, JSON.stringify(keys), { mode: 0o600 });
  await fs.rename(`${file}.partial`, file);
  return keys;
}
