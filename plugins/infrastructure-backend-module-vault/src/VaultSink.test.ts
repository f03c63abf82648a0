import { mockServices } from '@backstage/backend-test-utils';
import {
  FakeServer,
  type Answer,
  type Asked,
} from '@waymark/plugin-infrastructure-node/testUtils';
import { readVaultServers } from './config';
import { VaultSink } from './VaultSink';

type Secret = { version: number; data: Record<string, string> | null };

/** Answers as the engine for key and value, version 2, of Vault 1.x does; it is not Vault. */
class FakeVault {
  readonly secrets = new Map<string, Secret>();
  /** What comes next instead, once. */
  next: Answer | undefined;

  answer({ method, path, headers, body }: Asked): Answer {
    const { next } = this;
    this.next = undefined;
    if (next) return next;
    if (headers['x-vault-token'] !== 't0ken') {
      return { status: 403, body: { errors: ['permission denied'] } };
    }
    const [, kind, name] = /^\/v1\/kv\/(data|metadata)\/(.*)$/.exec(path) ?? [];
    const found = this.secrets.get(name);
    if (method === 'GET') {
      if (!found) return { status: 404, body: { errors: [] } };
      const { data, version } = found;
      const metadata = { version, custom_metadata: null };
      return { status: data ? 200 : 404, body: { data: { data, metadata } } };
    }
    if (method === 'DELETE' && kind === 'metadata') {
      this.secrets.delete(name);
      return { status: 204 };
    }
    const { options, data } = JSON.parse(body);
    const version = found?.version ?? 0;
    if (options.cas !== version) {
      return { status: 400, body: { errors: ['check-and-set did not match'] } };
    }
    this.secrets.set(name, { version: version + 1, data });
    return { status: 200, body: { data: { version: version + 1 } } };
  }
}

let vault: FakeVault;
let server: FakeServer;
let sink: VaultSink;
beforeEach(async () => {
  vault = new FakeVault();
  server = await FakeServer.start(asked => vault.answer(asked));
  sink = open();
});
afterEach(() => server.stop());

function open(token = 't0ken'): VaultSink {
  const servers = { default: { address: server.address, token } };
  return new VaultSink(
    readVaultServers(
      mockServices.rootConfig({
        data: { infrastructure: { vault: { servers } } },
      }),
    ),
  );
}

const path = 'ledger/staging/orders';
const delivery = (id = 'res-1') => ({
  resource: {
    id,
    name: 'orders',
    environment: 'staging',
    owner: 'group:default/ledger',
  },
  settings: { mount: 'kv', path },
});
const secrets = { user: 'orders', password: 'hunter22' };
const { signal } = new AbortController();

it('writes what is new, and nothing that is there already', async () => {
  expect(await sink.deliver(delivery(), secrets, signal)).toBe(
    'kv/ledger/staging/orders of default',
  );
  await sink.deliver(delivery(), secrets, signal);
  expect(vault.secrets.get(path)).toEqual({
    version: 1,
    data: { ...secrets, 'waymark-resource': 'res-1' },
  });
  await sink.deliver(delivery(), { ...secrets, password: 'new' }, signal);
  expect(vault.secrets.get(path)).toMatchObject({
    version: 2,
    data: { password: 'new' },
  });
});

it('writes upon a version that was deleted', async () => {
  vault.secrets.set(path, { version: 3, data: null });
  await sink.deliver(delivery(), secrets, signal);
  expect(vault.secrets.get(path)).toMatchObject({ version: 4 });
});

it('touches nothing of anybody else', async () => {
  const theirs = { version: 1, data: { password: 'theirs' } };
  vault.secrets.set(path, theirs);
  await expect(sink.deliver(delivery(), secrets, signal)).rejects.toThrow(
    /not of this resource; nothing was changed/,
  );
  await sink.remove(delivery(), signal);
  expect(vault.secrets.get(path)).toEqual(theirs);
});

it('removes what it wrote, once', async () => {
  await sink.deliver(delivery(), secrets, signal);
  await sink.remove(delivery('res-2'), signal);
  expect(vault.secrets.size).toBe(1);
  await sink.remove(delivery(), signal);
  await sink.remove(delivery(), signal);
  expect(vault.secrets.size).toBe(0);
});

it.each([
  [{ status: 403 }, /does not allow the portal GET of v1\/kv\/data/],
  [{ status: 503, body: { errors: ['hunter22'] } }, /answered 503/],
  [{ status: 307 }, /cannot be reached|answered 307/],
])('says what went wrong, and no secret: %j', async (answer, message) => {
  vault.next = answer;
  const failing = sink.deliver(delivery(), secrets, signal);
  await expect(failing).rejects.toThrow(message);
  await expect(failing).rejects.not.toThrow(/hunter22|t0ken/);
});

it('says that its token is not good', async () => {
  await expect(
    open('other').deliver(delivery(), secrets, signal),
  ).rejects.toThrow(/does not allow the portal GET/);
});

it.each([
  [{}, /path/],
  [{ path: '../sys/raw' }, /is no path of a secret/],
  [{ path: 'a//b' }, /path/],
  [{ path: 'a', server: 'other' }, /has no "other"; it has default/],
])('refuses settings that make no sense: %j', (settings, message) => {
  expect(() => sink.checkSettings(settings)).toThrow(message);
});
