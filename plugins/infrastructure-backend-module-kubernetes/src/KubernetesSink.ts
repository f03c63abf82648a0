import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  SecretDelivery,
  SecretSink,
  SinkQuestion,
  SinkServer,
} from '@waymark/plugin-infrastructure-node';
import { z } from 'zod';

const name = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
const settingsShape = z.strictObject({
  cluster: z.string().default('default'),
  namespace: name,
  secret: name,
});

const secretShape = z.object({
  metadata: z.object({
    labels: z.record(z.string(), z.string()).nullish(),
  }),
});

/** Names the portal among those who own fields of an object. */
const fieldManager = 'waymark';
const ownerLabel = 'waymark.dev/resource-id';

type Place = { cluster: SinkServer; namespace: string; secret: string };

/** Delivers secrets as Secrets of a cluster, by server-side apply. */
export class KubernetesSink implements SecretSink {
  readonly name = 'kubernetes';
  readonly #clusters: ReadonlyMap<string, SinkServer>;

  constructor(clusters: SinkServer[]) {
    this.#clusters = new Map(clusters.map(cluster => [cluster.name, cluster]));
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
    const { cluster, namespace, secret } = place;
    const shown = `the Secret ${secret} of the namespace ${namespace} in ${cluster.name}`;
    const owner = await this.#ownerOf(place, signal);
    if (owner.exists && owner.resource !== resource.id) {
      throw new ConflictError(
        `${shown} is not of this resource; nothing was changed`,
      );
    }
    const { missing } = await this.#ask(
      place,
      {
        signal,
        method: 'PATCH',
        headers: { 'content-type': 'application/apply-patch+yaml' },
        body: {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: {
            name: secret,
            namespace,
            labels: {
              'app.kubernetes.io/managed-by': fieldManager,
              [ownerLabel]: resource.id,
            },
          },
          type: 'Opaque',
          data: Object.fromEntries(
            Object.entries(secrets).map(([key, value]) => [
              key,
              Buffer.from(value).toString('base64'),
            ]),
          ),
        },
      },
      // By force, since the portal says just these fields, and the Secret is its own.
      `?fieldManager=${fieldManager}&force=true`,
    );
    if (missing) {
      throw new NotFoundError(
        `${cluster.name} has no namespace ${namespace} yet`,
      );
    }
    return shown;
  }

  async remove(
    { resource, settings }: SecretDelivery,
    signal: AbortSignal,
  ): Promise<void> {
    const place = this.#placeIn(settings);
    const owner = await this.#ownerOf(place, signal);
    if (owner.resource !== resource.id) return;
    await this.#ask(place, { method: 'DELETE', signal });
  }

  /** @throws InputError */
  #placeIn(settings: JsonObject): Place {
    const read = settingsShape.safeParse(settings);
    if (!read.success) {
      throw new InputError(
        `The settings for Kubernetes are not right: ${z.prettifyError(
          read.error,
        )}`,
      );
    }
    const cluster = this.#clusters.get(read.data.cluster);
    if (!cluster) {
      throw new InputError(
        `infrastructure.kubernetes.clusters has no "${
          read.data.cluster
        }"; it has ${[...this.#clusters.keys()].join(', ') || 'none'}`,
      );
    }
    return { ...read.data, cluster };
  }

  async #ownerOf(place: Place, signal: AbortSignal) {
    const { missing, body } = await this.#ask(place, {
      method: 'GET',
      signal,
    });
    if (missing) return { exists: false };
    const { labels } = secretShape.parse(body).metadata;
    return { exists: true, resource: labels?.[ownerLabel] };
  }

  #ask(
    { cluster, namespace, secret }: Place,
    question: Omit<SinkQuestion, 'path'>,
    query = '',
  ) {
    return cluster.ask({
      ...question,
      path: `api/v1/namespaces/${namespace}/secrets/${secret}${query}`,
    });
  }
}
