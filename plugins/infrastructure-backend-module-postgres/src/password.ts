import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/** A password, and what the server keeps of it. */
export type Password = {
  clear: string;
  /**
   * SCRAM-SHA-256 as PostgreSQL stores it (RFC 5803). Given to the server
   * instead of the password, which so appears in no statement and no log.
   */
  verifier: string;
};

const iterations = 4096;

/** A new password of 192 random bits, in characters that need no escaping in an address. */
export function makePassword(): Password {
  const clear = randomBytes(24).toString('base64url');
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(clear, salt, iterations, 32, 'sha256');
  const keyed = (words: string) =>
    createHmac('sha256', salted).update(words).digest();
  const storedKey = createHash('sha256').update(keyed('Client Key')).digest();
  const parts = [
    `${iterations}:${salt.toString('base64')}`,
    `${storedKey.toString('base64')}:${keyed('Server Key').toString('base64')}`,
  ];
  return { clear, verifier: `SCRAM-SHA-256$${parts.join('$')}` };
}
