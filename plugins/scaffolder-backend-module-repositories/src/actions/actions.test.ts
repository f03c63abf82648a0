import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { Entity, UserEntity } from '@backstage/catalog-model';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  LocalRepositories,
  LocalRepositoryHost,
} from '@waymark/plugin-repositories-node';
import fs from 'node:fs/promises';
import { CatalogTraces } from '../catalog/CatalogTraces';
import { createDiscardAction } from './createDiscardAction';
import { createPublishAction } from './createPublishAction';
import { createRegisterAction } from './createRegisterAction';

const kept = createMockDirectory();
const workspace = createMockDirectory();
const baseUrl = 'http://localhost:7007';
const catalogInfoUrl = `${baseUrl}/api/repositories/payments-ledger/raw/main/catalog-info.yaml`;
const described = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: payments-ledger
`;
const amara: UserEntity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'amara' },
  spec: {
    profile: { displayName: 'Amara Okafor', email: 'amara@larkspur.example' },
  },
};
const elsewhere: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payments-ledger',
    annotations: {
      'backstage.io/managed-by-origin-location': 'url:https://github.com/x',
    },
  },
};

async function setUp(entities: Entity[] = []) {
  const host = await LocalRepositoryHost.create({
    settings: {
      host: 'local',
      directory: kept.path,
      baseUrl,
      anonymousClone: false,
    },
    logger: mockServices.rootLogger.mock({ child: jest.fn() }),
  });
  const catalog = catalogServiceMock({ entities });
  const traces = new CatalogTraces({
    auth: mockServices.auth(),
    catalog,
    logger: mockServices.logger.mock(),
    looks: { count: 3, everyMs: 1 },
  });
  const fallbackAuthor = { name: 'Waymark', email: 'noreply@localhost' };
  const publishing = createPublishAction({ host, traces, fallbackAuthor });
  const discarding = createDiscardAction({ host, traces });
  const registering = createRegisterAction({ host, catalog, traces });
  const contextOf = <Input extends JsonObject>(
    input: Input,
    taskId: string,
    isDryRun: boolean,
  ) => ({
    ...createMockActionContext<Input>({
      input,
      workspacePath: workspace.path,
      task: { id: taskId },
      user: { entity: amara, ref: 'user:default/amara' },
    }),
    isDryRun,
  });
  return {
    host,
    catalog,
    async publish(input = {}, taskId = 'task-1', isDryRun = false) {
      const context = contextOf(
        { name: 'payments-ledger', description: 'Keeps the ledger.', ...input },
        taskId,
        isDryRun,
      );
      await publishing.handler(context);
      return context.output;
    },
    async register(taskId = 'task-1', isDryRun = false) {
      const context = contextOf({ name: 'payments-ledger' }, taskId, isDryRun);
      await registering.handler(context);
      return context.output;
    },
    async discard(taskId = 'task-1', isDryRun = false) {
      const context = contextOf({ name: 'payments-ledger' }, taskId, isDryRun);
      await discarding.handler(context);
      return context.output;
    },
  };
}

beforeEach(() => {
  kept.clear();
  workspace.setContent({ 'catalog-info.yaml': described });
});

describe('repository:publish', () => {
  it('publishes and says where', async () => {
    const { publish, host } = await setUp();
    const output = await publish();
    expect(output).toHaveBeenCalledWith(
      'cloneUrl',
      `${baseUrl}/api/repositories/git/payments-ledger.git`,
    );
    expect(output).toHaveBeenCalledWith('catalogInfoUrl', catalogInfoUrl);
    await expect(host.exists('payments-ledger')).resolves.toBe(true);
    const { head } = await new LocalRepositories({
      directory: kept.path,
      baseUrl,
    }).describe('payments-ledger');
    expect(head).toMatchObject({
      author: 'Amara Okafor',
      message: 'Create payments-ledger',
    });
  });

  it('says where in a dry run, and makes nothing', async () => {
    const { publish } = await setUp([elsewhere]);
    const output = await publish({}, 'dry-run', true);
    expect(output).toHaveBeenCalledWith('catalogInfoUrl', catalogInfoUrl);
    await expect(fs.readdir(kept.path)).resolves.toEqual([]);
  });

  it.each([
    [
      'what the catalog has from elsewhere',
      described,
      'The catalog has a component named payments-ledger already; choose another name. Nothing was published',
    ],
    ['a broken file', 'a: [', 'catalog-info.yaml is not valid YAML'],
    ['a nameless entity', 'kind: Component', 'without kind or metadata.name'],
  ])('refuses %s before anything is made', async (_, content, message) => {
    workspace.setContent({ 'catalog-info.yaml': content });
    const { publish } = await setUp([elsewhere]);
    await expect(publish()).rejects.toThrow(message);
    await expect(fs.readdir(kept.path)).resolves.toEqual([]);
  });

  it('refuses a template that describes nothing', async () => {
    workspace.setContent({ 'README.md': '' });
    const { publish } = await setUp();
    await expect(publish()).rejects.toThrow(
      'The template wrote no catalog-info.yaml',
    );
  });

  it('says that the files are gone when an ended task is tried once more', async () => {
    await fs.rm(workspace.path, { recursive: true });
    const { publish } = await setUp();
    await expect(publish()).rejects.toThrow(
      /its files are gone. Nothing was published; start again/,
    );
  });

  it('does not leave the workspace', async () => {
    const { publish } = await setUp();
    await expect(publish({ sourcePath: '../..' })).rejects.toThrow(
      /Relative path is not allowed/,
    );
  });

  it('goes on where the same task was interrupted after publishing', async () => {
    const mine = structuredClone(elsewhere);
    mine.metadata.annotations = {
      'backstage.io/managed-by-origin-location': `url:${catalogInfoUrl}`,
    };
    const { publish } = await setUp([mine]);
    await publish();
    await expect(publish()).resolves.toBeDefined();
    await expect(publish({}, 'task-2')).rejects.toThrow('exists already');
  });
});

describe('repository:register', () => {
  const component: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'payments-ledger' },
  };
  const location = {
    id: 'location-1',
    type: 'url',
    target: catalogInfoUrl,
    entityRef: 'location:default/generated-1',
  };
  const conflict = Object.assign(new Error('Request failed with 409'), {
    name: 'ResponseError',
    cause: new ConflictError('Location exists already'),
  });
  /** A catalog that has the location already, or not; a dry run tells its entities. */
  const addLocation = (taken: boolean) =>
    jest.fn(async ({ dryRun }: { dryRun?: boolean }) => {
      if (taken && !dryRun) throw conflict;
      return { location, entities: dryRun ? [elsewhere, component] : [] };
    });

  it('registers and says what', async () => {
    const { publish, register, catalog } = await setUp();
    await publish();
    catalog.addLocation = addLocation(false);
    catalog.refreshEntity = jest.fn();
    const output = await register();
    expect(catalog.refreshEntity).not.toHaveBeenCalled();
    expect(catalog.addLocation).toHaveBeenCalledWith(
      { type: 'url', target: catalogInfoUrl },
      expect.anything(),
    );
    expect(output).toHaveBeenCalledWith('catalogInfoUrl', catalogInfoUrl);
    expect(output).toHaveBeenCalledWith(
      'entityRef',
      'component:default/payments-ledger',
    );
  });

  it('goes on where the same task was interrupted after registering', async () => {
    const { publish, register, catalog } = await setUp();
    await publish();
    catalog.addLocation = addLocation(true);
    expect(await register()).toHaveBeenCalledWith(
      'entityRef',
      'component:default/payments-ledger',
    );
    await expect(register('task-2')).rejects.toBe(conflict);
  });

  it('has the catalog read again what it may have been reading when it was interrupted', async () => {
    const { publish, register, catalog } = await setUp();
    await publish();
    catalog.addLocation = addLocation(true);
    catalog.getLocationByRef = jest.fn().mockResolvedValue(location);
    // The catalog knows the location, and nothing that came from it.
    catalog.refreshEntity = jest
      .fn()
      .mockResolvedValueOnce(undefined)
      .mockRejectedValue(new NotFoundError('No such entity'));
    expect(await register()).toHaveBeenCalledWith(
      'entityRef',
      'component:default/payments-ledger',
    );
    expect(catalog.refreshEntity).toHaveBeenCalledWith(
      location.entityRef,
      expect.anything(),
    );
  });

  it('ends when the catalog shows what it registered', async () => {
    const { publish, register, catalog } = await setUp();
    await publish();
    catalog.addLocation = addLocation(false);
    catalog.getEntityByRef = jest
      .fn()
      .mockResolvedValueOnce(undefined)
      .mockRejectedValueOnce(new Error('down'))
      .mockResolvedValueOnce(component);
    await register();
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(3);
    expect(catalog.getEntityByRef).toHaveBeenLastCalledWith(
      'component:default/payments-ledger',
      expect.anything(),
    );
  });

  it('ends as well when the catalog takes its time', async () => {
    const { publish, register, catalog } = await setUp();
    await publish();
    catalog.addLocation = addLocation(false);
    catalog.getEntityByRef = jest.fn().mockResolvedValue(undefined);
    expect(await register()).toHaveBeenCalledWith(
      'entityRef',
      'component:default/payments-ledger',
    );
  });

  it('hides no other failure', async () => {
    const { publish, register, catalog } = await setUp();
    await publish();
    catalog.addLocation = jest.fn().mockRejectedValue(new Error('down'));
    await expect(register()).rejects.toThrow('down');
  });

  it('registers nothing in a dry run', async () => {
    const { register, catalog } = await setUp();
    catalog.addLocation = jest.fn();
    expect(await register('dry-run', true)).toHaveBeenCalledWith(
      'catalogInfoUrl',
      catalogInfoUrl,
    );
    expect(catalog.addLocation).not.toHaveBeenCalled();
  });
});

describe('repository:discard', () => {
  it('takes back the repository and its entry in the catalog', async () => {
    const { publish, discard, host, catalog } = await setUp();
    await publish();
    catalog.getLocationByRef = jest.fn().mockResolvedValue({
      id: 'location-1',
      type: 'url',
      target: catalogInfoUrl,
    });
    catalog.removeLocationById = jest.fn();
    expect(await discard()).toHaveBeenCalledWith('discarded', true);
    expect(catalog.getLocationByRef).toHaveBeenCalledWith(
      `url:${catalogInfoUrl}`,
      expect.anything(),
    );
    expect(catalog.removeLocationById).toHaveBeenCalledWith(
      'location-1',
      expect.anything(),
    );
    await expect(host.exists('payments-ledger')).resolves.toBe(false);
  });

  it('keeps the repository while its entry cannot be removed, so that it can be tried again', async () => {
    const { publish, discard, host, catalog } = await setUp();
    await publish();
    catalog.getLocationByRef = jest.fn().mockRejectedValue(new Error('down'));
    await expect(discard()).rejects.toThrow('down');
    await expect(host.exists('payments-ledger')).resolves.toBe(true);
  });

  it.each([
    ['what another task made', 'task-2', false],
    ['anything in a dry run', 'task-1', true],
  ])('leaves alone %s', async (_, taskId, isDryRun) => {
    const { publish, discard, host, catalog } = await setUp();
    await publish();
    catalog.getLocationByRef = jest.fn();
    expect(await discard(taskId, isDryRun)).toHaveBeenCalledWith(
      'discarded',
      false,
    );
    expect(catalog.getLocationByRef).not.toHaveBeenCalled();
    await expect(host.exists('payments-ledger')).resolves.toBe(true);
  });
});
