import fs from 'node:fs/promises';
import path from 'node:path';
import { generate } from 'selfsigned';

/** What a server on this machine shows, and the file by which a process trusts it. */
export type Certificate = { key: string; cert: string; file: string };

/** Makes a certificate for localhost, because production reads its sources over https alone. */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 2, value: 'localhost' }],
      },
    ],
  });
  const file = path.join(folder, 'certificate.pem');
  await fs.writeFile(file, made.cert);
  return { key: made.private, cert: made.cert, file };
}
