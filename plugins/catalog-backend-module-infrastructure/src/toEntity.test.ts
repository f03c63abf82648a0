import { entitySchemaValidator, type Entity } from '@backstage/catalog-model';
import type { ResourceSummary } from '@waymark/plugin-infrastructure-common';
import { toEntity } from './toEntity';

const id = '8d0d4c5e-6f4e-4d62-9a53-5d0f6b2f2a11';
const resource: ResourceSummary = {
  id,
  name: 'orders',
  offering: 'postgres-database',
  offeringTitle: 'PostgreSQL database',
  resourceType: 'database',
  environment: 'staging',
  owner: 'group:default/ledger',
  state: 'ready',
  createdAt: '2026-03-01T10:00:00Z',
  changedAt: '2026-03-01T10:00:09Z',
  entityRef: 'resource:default/orders-staging-postgres-database',
};

const specOf = (change: Partial<ResourceSummary>): Entity['spec'] =>
  toEntity({ ...resource, ...change }, 'https://portal.example').spec;

describe('a resource in the catalog', () => {
  it('is a Resource that leads to its page', () => {
    const entity = toEntity(
      { ...resource, requestId: 'a-request' },
      'https://portal.example',
    );
    expect(() => entitySchemaValidator()(entity)).not.toThrow();
    const page = `https://portal.example/infrastructure/resources/${id}`;
    expect(entity).toMatchObject({
      kind: 'Resource',
      metadata: {
        name: 'orders-staging-postgres-database',
        namespace: 'default',
        title: 'orders (staging)',
        annotations: {
          'waymark.io/infrastructure-resource': id,
          'waymark.io/infrastructure-request': 'a-request',
          'backstage.io/managed-by-location': `url:${page}`,
        },
        links: [{ url: page }],
      },
    });
  });

  it('is owned by who owns it, and part of the system of its component, which depends on it', () => {
    expect(
      specOf({
        component: 'component:default/payments-gateway',
        system: 'system:default/payments',
      }),
    ).toEqual({
      type: 'database',
      owner: 'group:default/ledger',
      system: 'system:default/payments',
      dependencyOf: ['component:default/payments-gateway'],
    });
  });

  it('says nothing of a system or a component that it does not have', () => {
    expect(specOf({})).toEqual({
      type: 'database',
      owner: 'group:default/ledger',
    });
  });
});
