import '../settings.ts';
import { runBenchmark } from '../main.ts';
import { record } from '../results.ts';
import { measureInfrastructure } from './measure.ts';
import { InfrastructurePortals } from './portals.ts';

const rounds = Number(process.env.BENCHMARK_TIMES || 30);

async function run(): Promise<void> {
  const portals = new InfrastructurePortals();
  try {
    await record('infrastructure', async () => ({
      title: 'Infrastructure by request: 1,000 requests, two backends',
      command: 'benchmarks/infrastructure/run.ts',
      method: `Two backends on one embedded PostgreSQL, which is also where the databases are made. A thousand requests come through the API first: databases made and removed, denied ones, cancelled ones, and a hundred that wait for the lead. Then four people look from page to page, a quarter of a second between two, while ${rounds} databases are asked for in staging, one after the other: with nothing else in flight, and beside a hundred requests for something slow, which Terraform applies or which wait in line for it. At last a hundred databases are asked for at once, twice, which nobody does. Each is removed again, which counts as load and not as a figure. Approved and ready are what the audit trail says, from the moment the request was sent.`,
      table: await measureInfrastructure(portals, { rounds }),
    }));
  } finally {
    await portals.stop();
  }
}

runBenchmark(run);
