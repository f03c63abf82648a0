import '../settings.ts';
import { LaunchFailure } from '../../packages/launcher/src/failure.ts';
import { writeOrganisation } from '../dora/organisation.ts';
import { KeptPortal } from '../portals/KeptPortal.ts';
import { runBenchmark } from '../main.ts';
import { record } from '../results.ts';
import { rowsOfDay, type Size } from './bill.ts';
import { limits, measureBill } from './measureBill.ts';

const times = Number(process.env.BENCHMARK_TIMES || 100);

const sizes: Record<string, Size> = {
  million: { name: 'million', rows: 1_000_000, services: 150 },
  ten: { name: 'ten', rows: 10_000_000, services: 150 },
};

async function run(wanted = 'ten'): Promise<void> {
  const size = sizes[wanted];
  if (!size) {
    throw new LaunchFailure(
      `There is no part called "${wanted}".`,
      `Choose one of: ${Object.keys(sizes).join(', ')}.`,
    );
  }
  const portal = new KeptPortal({
    name: `costs-${size.name}`,
    catalogFile: await writeOrganisation(size.services),
    config: { costs: { imports: limits } },
    database: { max_wal_size: '4GB', shared_buffers: '512MB' },
  });
  try {
    await record(`costs-${size.name}`, async () => ({
      title: `Costs: a FOCUS bill of ${size.rows} rows`,
      method: `A year of rows by hour of 36 columns (seeded), ${rowsOfDay} of each thing and day, of ${size.services} services in 15 teams, as CSV in gzip; 95 of 100 things have a tag that names their component. DuckDB has ${limits.threads} threads and ${limits.memoryMb} MB, in the portal and for the bare scan, which reads every value as text and counts it. Then each request ${times} times one after the other, after five that are not counted, each for another month, cost or entity. PostgreSQL has max_wal_size = 4GB and shared_buffers = 512MB, and is otherwise as it comes. Where the data of an earlier run is still there, the import is not repeated: delete .waymark/benchmarks to begin afresh.`,
      table: await measureBill(portal, size, { times, limitMs: 150 }),
      command: `benchmarks/costs/run.ts ${wanted}`,
    }));
  } finally {
    await portal.stop();
  }
}

runBenchmark(run);
