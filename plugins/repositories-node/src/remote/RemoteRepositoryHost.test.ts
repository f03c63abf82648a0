import type { Checks } from '../RepositoryHost';
import {
  RemoteFailure,
  RemoteRepositoryHost,
  type RemoteRepositories,
} from './RemoteRepositoryHost';

const settings = {
  host: 'github' as const,
  hostname: 'github.com',
  owner: 'larkspur',
  visibility: 'private' as const,
};
const request = {
  name: 'payments-ledger',
  description: 'Keeps the ledger.',
  directory: '/workspace',
  defaultBranch: 'main',
  commitMessage: 'Create it',
  author: { name: 'Amara Okafor', email: 'amara@larkspur.example' },
  taskId: 'task-1',
};

/** A host that remembers what it was told. */
class Remote implements RemoteRepositories {
  readonly repositories = new Map<string, string[]>();
  readonly removed: string[] = [];
  onCreate: () => void = () => undefined;
  onRemove: () => void = () => undefined;

  async topicsOf(name: string) {
    return this.repositories.get(name);
  }
  async create({ name }: { name: string }, topic: string) {
    this.repositories.set(name, [topic]);
    this.onCreate();
  }
  async remove(name: string) {
    this.onRemove();
    this.removed.push(name);
    this.repositories.delete(name);
  }
  async remoteOf() {
    return undefined;
  }
  async propose(): Promise<never> {
    throw new Error('nothing is proposed here');
  }
  onMerge: () => { checks: Checks; merged: boolean } = () => ({
    checks: { state: 'pending', notPassed: ['build'] },
    merged: false,
  });
  async mergeWhenGreen() {
    return this.onMerge();
  }
  urlsFor({ name }: { name: string }) {
    const repositoryUrl = `https://github.com/larkspur/${name}`;
    return {
      repositoryUrl,
      cloneUrl: `${repositoryUrl}.git`,
      catalogInfoUrl: `${repositoryUrl}/blob/main/catalog-info.yaml`,
    };
  }
}

function setUp() {
  const remote = new Remote();
  return { remote, host: new RemoteRepositoryHost({ settings, remote }) };
}

it('publishes under a topic that tells the task, and discards by it', async () => {
  const { remote, host } = setUp();
  await host.publish(request);
  expect(remote.repositories.get(request.name)).toEqual([
    expect.stringMatching(/^waymark-[0-9a-f]{24}$/),
  ]);
  await expect(
    host.discard({ name: request.name, taskId: 'task-2' }),
  ).resolves.toBe(false);
  await expect(host.discard(request)).resolves.toBe(true);
  await expect(host.exists(request.name)).resolves.toBe(false);
});

it('refuses a name that is taken, and touches nothing', async () => {
  const { remote, host } = setUp();
  remote.repositories.set(request.name, ['theirs']);
  await expect(host.publish(request)).rejects.toThrow(
    'larkspur has a repository named payments-ledger on github.com already; choose another name',
  );
  expect(remote.removed).toEqual([]);
});

it('begins anew where the same task was interrupted', async () => {
  const { remote, host } = setUp();
  await host.publish(request);
  await host.publish(request);
  expect(remote.removed).toEqual([request.name]);
  await expect(host.isMadeBy(request)).resolves.toBe(true);
});

it('takes back what it made when pushing fails', async () => {
  const { remote, host } = setUp();
  remote.onCreate = () => {
    throw new RemoteFailure(502, 'bad gateway');
  };
  await expect(host.publish(request)).rejects.toThrow(
    'github.com did not answer as it should about larkspur/payments-ledger (502); try again when it does',
  );
  expect(remote.repositories.size).toBe(0);
});

it('says what is left when even that fails', async () => {
  const { remote, host } = setUp();
  remote.onCreate = remote.onRemove = () => {
    throw new TypeError('fetch failed');
  };
  await expect(host.publish(request)).rejects.toThrow(
    'look at https://github.com/larkspur/payments-ledger and remove it by hand',
  );
});

it('tells a refusal from a host that is down', async () => {
  const { remote, host } = setUp();
  remote.topicsOf = async () => {
    throw new RemoteFailure(403, 'forbidden');
  };
  await expect(host.exists(request.name)).rejects.toMatchObject({
    name: 'NotAllowedError',
    message: expect.stringContaining('lacks the right'),
  });
  remote.topicsOf = async () => {
    throw new TypeError('fetch failed');
  };
  await expect(host.exists(request.name)).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
  });
});

it.each([405, 406, 409, 422])(
  'says that people have to merge where the host answers with %i',
  async status => {
    const { remote, host } = setUp();
    const merge = {
      name: request.name,
      branch: 'upgrade/one',
      commit: 'abc',
    };
    await expect(host.mergeWhenGreen(merge)).resolves.toEqual({
      checks: { state: 'pending', notPassed: ['build'] },
      merged: false,
    });
    remote.onMerge = () => {
      throw new RemoteFailure(status, 'not now');
    };
    await expect(host.mergeWhenGreen(merge)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('does not merge upgrade/one'),
    });
  },
);
