import '../settings.ts';
import { LaunchFailure } from '../../packages/launcher/src/failure.ts';
import { runBenchmark } from '../main.ts';
import { record } from '../results.ts';
import type { Size } from './history.ts';
import { measureCompany } from './measureCompany.ts';
import { measureIntake } from './measureIntake.ts';
import { measureKills } from './measureKills.ts';
import { DoraPortal } from './portal.ts';

const scale = Number(process.env.BENCHMARK_SCALE || 1);
const times = Number(process.env.BENCHMARK_TIMES || 100);

const scaled = (size: Size): Size => ({
  name: scale === 1 ? size.name : `${size.name}-${scale}`,
  services: Math.ceil(size.services * scale),
  deployments: Math.ceil(size.deployments * scale),
  changes: Math.ceil(size.changes * scale),
  incidents: Math.ceil(size.incidents * scale),
  database: size.database,
  node: size.node,
});

const medium = scaled({
  name: 'medium',
  services: 150,
  deployments: 177_462,
  changes: 354_924,
  incidents: 3_193,
});

const large = scaled({
  name: 'large',
  services: 1_500,
  deployments: 1_000_000,
  changes: 5_000_000,
  incidents: 18_000,
  database: {
    shared_buffers: '2GB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
  },
  // An import makes much that lives for a moment.
  node: '--max-semi-space-size=64',
});

const described = ({ services, deployments, changes, incidents }: Size) =>
  `${deployments} deployments, ${changes} changes and ${incidents} incidents in ${services} services`;

const method = `Two years of generated history (seeded), sent as one import to the portal’s backend on an embedded PostgreSQL; then each request ${times} times one after the other, after five that are not counted, each for another period that ends at any minute, or another component. Where the data of an earlier run is still there, the import is not repeated: delete .waymark/benchmarks to begin afresh.`;

const ofLarge = Object.entries(large.database ?? {})
  .map(([name, value]) => `${name} = ${value}`)
  .join(', ');

const intake = {
  perSecond: 500,
  seconds: Math.ceil(60 * Math.min(scale, 1)),
};

const parts = {
  'dora-medium': {
    size: medium,
    title: `DORA metrics: ${described(medium)}`,
    method,
    measure: (portal: DoraPortal) =>
      measureCompany(portal, { organisationMs: 100, componentMs: 50, times }),
  },
  'dora-large': {
    size: large,
    title: `DORA metrics: ${described(large)}`,
    method: `${method} PostgreSQL has ${ofLarge}, and is otherwise as it comes; Node has ${large.node}.`,
    measure: (portal: DoraPortal) =>
      measureCompany(portal, { organisationMs: 300, componentMs: 50, times }),
  },
  'dora-intake': {
    size: medium,
    title: `DORA metrics: deliveries while pages are read, beside ${described(
      medium,
    )}`,
    method:
      'Signed deliveries of deployments, 500 a second for 60 s, spread over all services by 64 senders, while the panels of the organisation’s page are asked for in turn with a quarter of a second between. Afterwards every delivery is looked for in the facts and in the outcomes.',
    measure: (portal: DoraPortal) => measureIntake(portal, intake),
  },
  'dora-kills': {
    size: medium,
    title: `DORA metrics: kill -9 of backend and PostgreSQL while deliveries come in, beside ${described(
      medium,
    )}`,
    method:
      'The same deliveries at the same rate while the same pages are read; after a quarter of the time the backend is killed and started again, some time later PostgreSQL. A sender repeats what was not acknowledged every half second. Afterwards every delivery is looked for.',
    measure: (portal: DoraPortal) => measureKills(portal, intake),
  },
};

async function run(wanted?: string): Promise<void> {
  const names = Object.keys(parts) as (keyof typeof parts)[];
  const chosen = names.filter(name => !wanted || name === `dora-${wanted}`);
  if (!chosen.length) {
    throw new LaunchFailure(
      `There is no part called "${wanted}".`,
      'Choose one of: medium, large, intake, kills; without a name all are run.',
    );
  }
  for (const name of chosen) {
    process.stdout.write(`Measuring ${name} …\n`);
    const { size, title, method: how, measure } = parts[name];
    const portal = await DoraPortal.of(size);
    try {
      await record(name, async () => ({
        title,
        method: how,
        table: await measure(portal),
        command: `benchmarks/dora/run.ts ${name.slice('dora-'.length)}`,
      }));
    } finally {
      await portal.stop();
    }
  }
}

runBenchmark(run);
