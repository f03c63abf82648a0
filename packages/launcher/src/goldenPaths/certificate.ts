import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What a server shows so that it is believed to be who it is, by those who trust `file`. */
export type Certificate = { cert: Buffer; key: Buffer; file: string };

/** Makes a certificate for this machine that ends in 90 days, as those of a CDN do. */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const file = path.join(folder, 'certificate.pem');
  const key = path.join(folder, 'key.pem');
  await execute('openssl', [
    ...['req', '-x509', '-days', '90', '-nodes', '-subj', '/CN=localhost'],
    ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1'],
    ...['-keyout', key, '-out', file],
  ]);
  return { cert: await fs.readFile(file), key: await fs.readFile(key), file };
}
