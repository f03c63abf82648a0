import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** How often something is asked while HCP Terraform is away, or busy. */
const tries = 5;
const patienceMs = 30_000;
const jsonApi = 'application/vnd.api+json';

/** What cannot be answered just now, and can a moment later. */
const passing = new Set([429, 500, 502, 503, 504]);

/** HCP Terraform answered that it cannot do this now, such as apply a plan that was overtaken. */
export class RefusedError extends Error {}

/** How HCP Terraform is reached. */
export type CloudApiSettings = {
  /** Such as `https://app.terraform.io`. */
  address: string;
  token: string;
  /** Between two questions, in milliseconds. */
  pollMs: number;
};

type Question = {
  method?: 'GET' | 'POST';
  body?: object;
  /** Says what was done is there, where it was there already. */
  accept?: number[];
};

/**
 * Asks HCP Terraform, or Terraform Enterprise, by version 2 of its API:
 * https://developer.hashicorp.com/terraform/cloud-docs/api-docs
 */
export class CloudApi {
  readonly #settings: CloudApiSettings;

  constructor(settings: CloudApiSettings) {
    this.#settings = settings;
  }

  /** @returns undefined when it is not there */
  async find<T>(path: string, shape: z.ZodType<T>): Promise<T | undefined> {
    const response = await this.#ask(path, { accept: [404] });
    return response.status === 404
      ? undefined
      : shape.parse(await response.json());
  }

  async get<T>(path: string, shape: z.ZodType<T>): Promise<T> {
    return shape.parse(await (await this.#ask(path)).json());
  }

  /** Makes something: `data` of a document. */
  async post<T>(path: string, data: object, shape: z.ZodType<T>): Promise<T> {
    const response = await this.#ask(path, { method: 'POST', body: { data } });
    return shape.parse(await response.json());
  }

  /** @throws RefusedError when this cannot be done now */
  async act(path: string, body: object = {}): Promise<void> {
    await (await this.#ask(path, { method: 'POST', body })).body?.cancel();
  }

  /** Hands over bytes, at an address that HCP Terraform gave for that and that needs no token. */
  async upload(address: string, bytes: Buffer): Promise<void> {
    await this.#send(address, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    });
  }

  /** Where the API has something. */
  addressOf(path: string): string {
    return `${this.#settings.address}/api/v2${path}`;
  }

  /** What is at an address that HCP Terraform gave. */
  async download(
    address: string,
    access: 'token' | 'address' = 'address',
  ): Promise<Buffer> {
    const response = await this.#send(address, {
      headers: access === 'token' ? this.#authorization() : {},
    });
    return Buffer.from(await response.arrayBuffer());
  }

  /** Waits a moment, before something is looked at again. */
  async pause(): Promise<void> {
    await delay(this.#settings.pollMs);
  }

  async #ask(path: string, question: Question = {}): Promise<Response> {
    const { method, body, accept } = question;
    return this.#send(
      this.addressOf(path),
      {
        method,
        headers: { ...this.#authorization(), 'content-type': jsonApi },
        body: body && JSON.stringify(body),
      },
      accept,
    );
  }

  #authorization() {
    return { authorization: `Bearer ${this.#settings.token}` };
  }

  async #send(
    address: string,
    init: RequestInit,
    accept: number[] = [],
  ): Promise<Response> {
    for (let tried = 1; ; tried++) {
      const said = await fetch(address, {
        ...init,
        signal: AbortSignal.timeout(patienceMs),
      }).catch((error: Error) => error);
      if (!(said instanceof Error)) {
        if (said.ok || accept.includes(said.status)) return said;
        if (!passing.has(said.status)) throw await refusal(address, said);
        await said.body?.cancel();
      }
      if (tried === tries) {
        throw new ServiceUnavailableError(
          `HCP Terraform (${
            new URL(address).host
          }) cannot be reached just now: ${
            said instanceof Error ? said.message : `it answers ${said.status}`
          }`,
        );
      }
      await delay(this.#settings.pollMs * tried);
    }
  }
}

const errorsShape = z.object({
  errors: z.array(
    z.object({ title: z.string().nullish(), detail: z.string().nullish() }),
  ),
});

async function refusal(address: string, response: Response): Promise<Error> {
  const text = await response.text();
  let said = text.slice(0, 200);
  try {
    said = errorsShape
      .parse(JSON.parse(text))
      .errors.map(({ title, detail }) => detail ?? title)
      .join('; ');
  } catch {
    // Not in its own format, such as from a proxy: as it is.
  }
  const { host, pathname } = new URL(address);
  const where = `${host} answers ${response.status} for ${pathname}: ${said}`;
  if (response.status === 401 || response.status === 403) {
    return new NotAllowedError(
      `HCP Terraform does not let the portal do this; check infrastructure.terraform.cloud.token. ${where}`,
    );
  }
  return response.status === 409
    ? new RefusedError(said)
    : new Error(`HCP Terraform refused: ${where}`);
}
