import { mockCredentials } from '@backstage/backend-test-utils';
import {
  caller,
  FleetBench,
  releaseOf,
  template,
} from '../__testUtils__/FleetBench';

jest.setTimeout(120_000);

const bench = new FleetBench();
const priya = { credentials: mockCredentials.user('user:default/priya') };
const first = releaseOf('1.0.0', { 'a.txt': 'one\n' });
const second = releaseOf('1.1.0', { 'a.txt': 'two\n' });
const entityRef = 'component:default/blue-paper';

/** A campaign that has one repository to upgrade and to merge, and an exception for it. */
async function started() {
  await bench.begin();
  await bench.publish(first);
  await bench.scaffold('blue-paper', first);
  await bench.publish(second);
  const portal = await bench.open();
  await portal.reader.refresh();
  const { id } = await portal.campaigns.start(
    { title: 'To 1.1', template, merge: 'clean' },
    caller,
  );
  const grant = async () => {
    const asked = await portal.exceptions.ask(
      {
        entityRef,
        kind: 'version',
        reason: 'It is replaced in spring.',
        until: new Date().toISOString().slice(0, 10),
      },
      caller,
    );
    await portal.exceptions.decide(asked.id, { verdict: 'grant' }, priya);
  };
  return { ...portal, id, grant };
}

it('takes what waits out of a campaign that runs, and says why', async () => {
  const { campaigns, upgrades, worker, id, grant } = await started();
  await grant();
  await worker.work();
  await expect(
    upgrades.list({ campaign: id }).then(({ items }) => items),
  ).resolves.toMatchObject([
    {
      state: 'cancelled',
      message: 'An exception lets it stay on its version',
    },
  ]);
  await expect(campaigns.find(id)).resolves.toMatchObject({ state: 'done' });
  await expect(bench.git('blue-paper', 'show', 'main:a.txt')).resolves.toBe(
    'one',
  );
});

it('keeps no owner from an upgrade of their own', async () => {
  const { upgrades, worker, grant } = await started();
  await grant();
  const { id } = await upgrades.request({ entityRef }, caller);
  await worker.work();
  await expect(upgrades.find(id)).resolves.toMatchObject({
    state: 'proposed',
  });
});

it('keeps a campaign from merging what it had begun', async () => {
  const { upgrades, worker, queue, id, grant } = await started();
  await queue.claim();
  await bench.knex('upgrades').update({ leased_until: new Date(0) });
  await grant();
  await worker.work();
  await expect(
    upgrades.list({ campaign: id }).then(({ items }) => items),
  ).resolves.toMatchObject([{ state: 'proposed' }]);
});
