import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Impact } from './Impact';

const component = (name: string) => `component:default/${name}`;
const api = (name: string) => `api:default/${name}`;
const database = 'resource:default/orders-db';

/** An entity that Ledger owns, with what its relations lead to. */
function entity(ref: string, relations: Record<string, string[]> = {}): Entity {
  const [kind, name] = ref.split(/:default\//);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kind === 'api' ? 'API' : kind[0].toUpperCase() + kind.slice(1),
    metadata: { name, namespace: 'default' },
    relations: Object.entries({
      ownedBy: ['group:default/ledger'],
      ...relations,
    }).flatMap(([type, refs]) => refs.map(targetRef => ({ type, targetRef }))),
  };
}

const impactOf = (...entities: Entity[]) =>
  new Impact({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities }),
  }).of(database, component('orders'));

const found = ({ affected }: Awaited<ReturnType<typeof impactOf>>) =>
  affected.map(({ entityRef, steps, through }) => [steps, entityRef, through]);

describe('what would feel it', () => {
  it('is what stands on it, on that, and on the APIs of that, the nearest first', async () => {
    const felt = await impactOf(
      entity(database, { dependencyOf: [component('orders')] }),
      entity(component('orders'), {
        providesApi: [api('orders')],
        dependencyOf: [component('billing')],
        // What it stands on itself feels nothing.
        dependsOn: [component('queue')],
      }),
      entity(component('billing'), { dependencyOf: [database] }),
      entity(component('queue')),
      entity(api('orders'), { apiConsumedBy: [component('shop')] }),
      entity(component('shop'), { dependencyOf: [component('orders')] }),
    );
    expect(found(felt)).toEqual([
      [1, component('orders'), undefined],
      [2, api('orders'), component('orders')],
      [2, component('billing'), component('orders')],
      [3, component('shop'), api('orders')],
    ]);
    expect(felt.affected[3].owner).toBe('group:default/ledger');
    expect(felt.reach).toEqual({ steps: 3, isWhole: true });
  });

  it('is what it was asked for where the catalog lacks the resource', async () => {
    const felt = await impactOf(entity(component('orders')));
    expect(found(felt)).toEqual([[1, component('orders'), undefined]]);
    expect(felt.reach.isWhole).toBe(true);
  });

  it('says that there is more beyond three steps', async () => {
    const chain = ['orders', 'second', 'third', 'fourth'];
    const felt = await impactOf(
      ...chain.map((name, index) =>
        entity(component(name), {
          dependencyOf: chain.slice(index + 1, index + 2).map(component),
        }),
      ),
    );
    expect(found(felt).map(([, ref]) => ref)).toEqual(
      ['orders', 'second', 'third'].map(component),
    );
    expect(felt.reach).toEqual({ steps: 3, isWhole: false });
  });

  it('says that there is more than a page can hold', async () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      component(`user-${index}`),
    );
    const felt = await impactOf(
      entity(component('orders'), { dependencyOf: many }),
      ...many.map(ref => entity(ref)),
    );
    expect(felt.affected).toHaveLength(200);
    expect(felt.reach).toEqual({ steps: 2, isWhole: false });
  });
});
