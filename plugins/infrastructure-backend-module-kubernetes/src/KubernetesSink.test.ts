import { mockServices } from '@backstage/backend-test-utils';
import {
  FakeServer,
  type Answer,
  type Asked,
} from '@waymark/plugin-infrastructure-node/testUtils';
import { readClusters } from './config';
import { KubernetesSink } from './KubernetesSink';

type Secret = {
  metadata: { labels?: Record<string, string> };
  data: Record<string, string>;
};

/** Answers as the API of Kubernetes does to those who read, apply and delete Secrets; it is no cluster. */
class FakeCluster {
  readonly namespaces = new Set(['orders-staging']);
  readonly secrets = new Map<string, Secret>();

  answer({ method, path, query, headers, body }: Asked): Answer {
    if (headers.authorization !== 'Bearer t0ken') {
      return { status: 401, body: { kind: 'Status' } };
    }
    const [, namespace, name] =
      /^\/api\/v1\/namespaces\/([^/]+)\/secrets\/([^/]+)$/.exec(path) ?? [];
    const key = `${namespace}/${name}`;
    const found = this.secrets.get(key);
    const missing = { status: 404, body: { kind: 'Status' } };
    switch (method) {
      case 'GET':
        return found ? { status: 200, body: found } : missing;
      case 'DELETE':
        this.secrets.delete(key);
        return found ? { status: 200, body: found } : missing;
      default:
        if (!this.namespaces.has(namespace)) return missing;
        if (
          headers['content-type'] !== 'application/apply-patch+yaml' ||
          query.get('fieldManager') !== 'waymark'
        ) {
          return { status: 415 };
        }
        this.secrets.set(key, JSON.parse(body));
        return { status: found ? 200 : 201, body: JSON.parse(body) };
    }
  }
}

let cluster: FakeCluster;
let server: FakeServer;
let sink: KubernetesSink;
beforeEach(async () => {
  cluster = new FakeCluster();
  server = await FakeServer.start(asked => cluster.answer(asked));
  sink = open();
});
afterEach(() => server.stop());

function open(token = 't0ken'): KubernetesSink {
  const clusters = { default: { address: server.address, token } };
  return new KubernetesSink(
    readClusters(
      mockServices.rootConfig({
        data: { infrastructure: { kubernetes: { clusters } } },
      }),
    ),
  );
}

const delivery = (id = 'res-1', namespace = 'orders-staging') => ({
  resource: {
    id,
    name: 'orders',
    environment: 'staging',
    owner: 'group:default/ledger',
  },
  settings: { namespace, secret: 'orders' },
});
const key = 'orders-staging/orders';
const secrets = { password: 'hunter22' };
const { signal } = new AbortController();

it('applies a Secret, as often as it is asked to', async () => {
  const place = await sink.deliver(delivery(), secrets, signal);
  expect(place).toBe(
    'the Secret orders of the namespace orders-staging in default',
  );
  const first = cluster.secrets.get(key);
  expect(first).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'orders',
      namespace: 'orders-staging',
      labels: {
        'app.kubernetes.io/managed-by': 'waymark',
        'waymark.dev/resource-id': 'res-1',
      },
    },
    type: 'Opaque',
    data: { password: Buffer.from('hunter22').toString('base64') },
  });
  await sink.deliver(delivery(), secrets, signal);
  expect(cluster.secrets.get(key)).toEqual(first);
});

it('touches nothing of anybody else', async () => {
  const theirs = { metadata: {}, data: { password: 'dGhlaXJz' } };
  cluster.secrets.set(key, theirs);
  await expect(sink.deliver(delivery(), secrets, signal)).rejects.toThrow(
    /is not of this resource; nothing was changed/,
  );
  await sink.remove(delivery(), signal);
  expect(cluster.secrets.get(key)).toEqual(theirs);
});

it('removes what it applied, once', async () => {
  await sink.deliver(delivery(), secrets, signal);
  await sink.remove(delivery('res-2'), signal);
  expect(cluster.secrets.size).toBe(1);
  await sink.remove(delivery(), signal);
  await sink.remove(delivery(), signal);
  expect(cluster.secrets.size).toBe(0);
});

it('says that the namespace is not there yet', async () => {
  await expect(
    sink.deliver(delivery('res-1', 'orders-production'), secrets, signal),
  ).rejects.toThrow(/has no namespace orders-production yet/);
});

it('says that its token is not good, and no secret', async () => {
  const failing = open('other').deliver(delivery(), secrets, signal);
  await expect(failing).rejects.toThrow(/does not allow the portal GET/);
  await expect(failing).rejects.not.toThrow(/hunter22|t0ken/);
});

it.each([
  [{ secret: 'orders' }, /namespace/],
  [{ namespace: '../x', secret: 'orders' }, /namespace/],
  [
    { namespace: 'a', secret: 'b', cluster: 'other' },
    /has no "other"; it has default/,
  ],
])('refuses settings that make no sense: %j', (settings, message) => {
  expect(() => sink.checkSettings(settings)).toThrow(message);
});
