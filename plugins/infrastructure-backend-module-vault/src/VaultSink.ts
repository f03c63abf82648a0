import { ConflictError, InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  SecretDelivery,
  SecretSink,
  SinkQuestion,
  SinkServer,
} from '@waymark/plugin-infrastructure-node';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

const settingsShape = z.strictObject({
  server: z.string().default('default'),
  /** Where the engine for key and value, version 2, is. */
  mount: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/)
    .default('secret'),
  path: z.string().regex(/^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/),
});

/** What Vault answers to a reading of a secret. */
const answerShape = z.object({
  data: z.object({
    data: z.record(z.string(), z.unknown()).nullish(),
    metadata: z.object({
      version: z.number(),
      custom_metadata: z.record(z.string(), z.string()).nullish(),
    }),
  }),
});

/** Stands in a secret beside its values, and says whose it is. */
const ownerKey = 'waymark-resource';

type Place = { server: SinkServer; mount: string; path: string };

/** Delivers secrets to the engine for key and value, version 2, of HashiCorp Vault or OpenBao. */
export class VaultSink implements SecretSink {
  readonly name = 'vault';
  readonly #servers: ReadonlyMap<string, SinkServer>;

  constructor(servers: SinkServer[]) {
    this.#servers = new Map(servers.map(server => [server.name, server]));
  }

  checkSettings(settings: JsonObject): void {
    this.#placeIn(settings);
  }

  async deliver(
    { resource, settings }: SecretDelivery,
    secrets: Record<string, string>,
    signal: AbortSignal,
  ): Promise<string> {
    const place = this.#placeIn(settings);
    const shown = `${place.mount}/${place.path} of ${place.server.name}`;
    const there = await this.#read(place, signal);
    const data = { ...secrets, [ownerKey]: resource.id };
    if (there.data && there.data[ownerKey] !== resource.id) {
      throw new ConflictError(
        `${shown} holds something that is not of this resource; nothing was changed`,
      );
    }
    if (!isDeepStrictEqual(there.data, data)) {
      // Only upon the version that was read: what somebody else wrote meanwhile stays.
      await this.#ask(place, 'data', {
        signal,
        method: 'POST',
        body: { options: { cas: there.version }, data },
      });
    }
    return shown;
  }

  async remove(
    { resource, settings }: SecretDelivery,
    signal: AbortSignal,
  ): Promise<void> {
    const place = this.#placeIn(settings);
    const { data } = await this.#read(place, signal);
    if (data?.[ownerKey] !== resource.id) return;
    await this.#ask(place, 'metadata', { method: 'DELETE', signal });
  }

  /** @throws InputError */
  #placeIn(settings: JsonObject): Place {
    const read = settingsShape.safeParse(settings);
    if (!read.success) {
      throw new InputError(
        `The settings for Vault are not right: ${z.prettifyError(read.error)}`,
      );
    }
    const { mount, path } = read.data;
    const server = this.#servers.get(read.data.server);
    if (!server || path.split('/').some(part => /^\.+$/.test(part))) {
      throw new InputError(
        server
          ? `${path} is no path of a secret`
          : `infrastructure.vault.servers has no "${
              read.data.server
            }"; it has ${[...this.#servers.keys()].join(', ') || 'none'}`,
      );
    }
    return { server, mount, path };
  }

  /** What is there. A version of 0 says that nothing ever was. */
  async #read(place: Place, signal: AbortSignal) {
    const { body } = await this.#ask(place, 'data', { method: 'GET', signal });
    // A secret whose newest version was deleted is missing, and still has its metadata.
    const answer = answerShape.safeParse(body);
    return answer.success
      ? {
          data: answer.data.data.data ?? undefined,
          version: answer.data.data.metadata.version,
        }
      : { data: undefined, version: 0 };
  }

  #ask(
    { server, mount, path }: Place,
    kind: 'data' | 'metadata',
    question: Pick<SinkQuestion, 'method' | 'body' | 'signal'>,
  ) {
    return server.ask({ ...question, path: `v1/${mount}/${kind}/${path}` });
  }
}
