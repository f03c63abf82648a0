import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

/** A key by its name, which stands in front of everything that it encrypted. */
export type EncryptionKey = { id: string; secret: string };

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts what must not rest in clear, with the first key; reads what any of
 * the keys encrypted, so that keys can be changed one after the other. What is
 * encrypted is bound to its purpose: it cannot be read in another place.
 */
export class Cipher {
  readonly #keys: Map<string, Buffer>;
  readonly #current: string;

  /** @throws Error when there is no key */
  constructor(keys: EncryptionKey[]) {
    const [current] = keys;
    if (!current) {
      throw new Error(
        'infrastructure.encryption.keys is empty: secrets and states cannot be kept without a key',
      );
    }
    this.#current = current.id;
    this.#keys = new Map(
      keys.map(({ id, secret }) => [
        id,
        Buffer.from(
          hkdfSync('sha256', secret, 'waymark', 'infrastructure', 32),
        ),
      ]),
    );
  }

  /** Encrypts; `purpose` names the one place where it may be read again, such as `secret:<resource>:<output>`. */
  encrypt(clear: Buffer, purpose: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.#key(this.#current), nonce);
    cipher.setAAD(Buffer.from(purpose));
    const body = Buffer.concat([cipher.update(clear), cipher.final()]);
    const id = Buffer.from(this.#current);
    return Buffer.concat([
      Buffer.from([id.length]),
      id,
      nonce,
      cipher.getAuthTag(),
      body,
    ]);
  }

  /** @throws Error when it was changed, is of another purpose, or its key is not known any more */
  decrypt(sealed: Buffer, purpose: string): Buffer {
    const idEnd = 1 + sealed[0];
    const key = this.#key(sealed.subarray(1, idEnd).toString());
    const nonceEnd = idEnd + nonceBytes;
    const tagEnd = nonceEnd + tagBytes;
    const decipher = createDecipheriv(
      algorithm,
      key,
      sealed.subarray(idEnd, nonceEnd),
    );
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(sealed.subarray(nonceEnd, tagEnd));
    return Buffer.concat([
      decipher.update(sealed.subarray(tagEnd)),
      decipher.final(),
    ]);
  }

  #key(id: string): Buffer {
    const key = this.#keys.get(id);
    if (!key) {
      throw new Error(
        `The encryption key "${id}" is not in infrastructure.encryption.keys any more; bring it back until nothing is encrypted with it`,
      );
    }
    return key;
  }
}
