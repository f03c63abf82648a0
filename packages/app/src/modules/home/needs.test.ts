import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import type { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import { entityNeeds, taskNeeds } from './needs';

function component(
  name: string,
  more: { docs?: boolean; orphan?: boolean; error?: string } = {},
): AlphaEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        ...(more.docs ? { 'backstage.io/techdocs-ref': 'dir:.' } : {}),
        ...(more.orphan ? { 'backstage.io/orphan': 'true' } : {}),
      },
    },
    status: more.error
      ? {
          items: [{ type: 'processing', level: 'error', message: more.error }],
        }
      : undefined,
  };
}

function task(status: ScaffolderTask['status'], createdAt: string) {
  return {
    id: `task-${status}`,
    status,
    createdAt,
    spec: { apiVersion: 'scaffolder.backstage.io/v1beta3' },
  } as ScaffolderTask;
}

describe('entityNeeds', () => {
  it('wants nothing of an entity that is processed and documented', () => {
    expect(entityNeeds([component('well', { docs: true })])).toEqual([]);
  });

  it('tells the error of an entity that cannot be processed, and that first', () => {
    const needs = entityNeeds([
      component('broken', { error: 'no such owner' }),
    ]);
    expect(needs).toHaveLength(1);
    expect(needs[0]).toMatchObject({
      urgency: 'now',
      what: 'broken',
      why: 'The catalog cannot process it: no such owner',
      href: '/catalog/default/component/broken',
    });
  });

  it('tells which entities lost their source', () => {
    const needs = entityNeeds([
      component('lost', { docs: true, orphan: true }),
    ]);
    expect(needs.map(need => need.what)).toEqual(['lost']);
  });

  it('gathers components without docs into one need', () => {
    const needs = entityNeeds([
      component('one'),
      component('two'),
      component('well', { docs: true }),
    ]);
    expect(needs).toHaveLength(1);
    expect(needs[0].what).toBe('2 components have no docs');
    expect(needs[0].why).toContain('one, two');
  });
});

describe('taskNeeds', () => {
  const now = Date.parse('2026-03-09T08:00:00Z');

  it('shows runs that failed within a week and those that go on', () => {
    const needs = taskNeeds(
      [
        task('failed', '2026-03-06T08:00:00Z'),
        task('processing', '2026-03-09T07:59:00Z'),
        task('completed', '2026-03-09T07:00:00Z'),
      ],
      now,
    );
    expect(needs.map(need => [need.id, need.urgency])).toEqual([
      ['task-failed', 'now'],
      ['task-processing', 'soon'],
    ]);
  });

  it('forgets failures older than a week', () => {
    expect(taskNeeds([task('failed', '2026-03-01T08:00:00Z')], now)).toEqual(
      [],
    );
  });
});
