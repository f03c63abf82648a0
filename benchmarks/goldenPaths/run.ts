import '../settings.ts';
import fs from 'node:fs/promises';
import {
  readTemplates,
  type Template,
} from '../../packages/launcher/src/goldenPaths/template.ts';
import { signIn } from '../../packages/launcher/src/identity/signIn.ts';
import { paths } from '../../packages/launcher/src/paths.ts';
import { portalUrl } from '../../packages/launcher/src/portal/environment.ts';
import { startPortal } from '../../packages/launcher/src/portal/portal.ts';
import { becomeOnlyLauncher } from '../../packages/launcher/src/processes/registry.ts';
import { runBenchmark } from '../main.ts';
import { record } from '../results.ts';
import { measureWays } from './measureWays.ts';

const rounds = Number(process.env.BENCHMARK_TIMES || 3);

/** Others answer nobody: a page, a pipeline of data, what waits for events of a broker. */
const answers = ({ layers }: Template) => layers.includes('http-service');

async function run(): Promise<void> {
  const templates = await readTemplates();
  // What an earlier run has made has the names that this one wants.
  await fs.rm(paths.data, { recursive: true, force: true });
  await becomeOnlyLauncher();
  const portal = await startPortal();
  try {
    await record('golden-paths', async () => ({
      title: 'Golden paths: from the form to a service that answers',
      command: 'benchmarks/goldenPaths/run.ts',
      method: `The portal as npm start runs it, with the demo organisation. For each template of a service with an API, in ${rounds} rounds: a developer sends the form through the API, looks every second whether it is worked off and then for the component in the catalog, clones the repository, and does what its README says until /health answers 200. Dependencies come from the registries or from what the package manager has kept of an earlier run, and do not count. The repositories are on the same machine, and nobody reviews anything.`,
      table: await measureWays(
        await signIn(portalUrl, 'amara'),
        templates.filter(answers),
        rounds,
      ),
    }));
  } finally {
    await portal.stop();
  }
}

runBenchmark(run);
