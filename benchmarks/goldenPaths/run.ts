import '../settings.ts';
import fs from 'node:fs/promises';
import { showFailure } from '../../packages/launcher/src/console/progress.ts';
import {
  readTemplates,
  type Template,
} from '../../packages/launcher/src/goldenPaths/template.ts';
import { paths } from '../../packages/launcher/src/paths.ts';
import { startPortal } from '../../packages/launcher/src/portal/portal.ts';
import { becomeOnlyLauncher } from '../../packages/launcher/src/processes/registry.ts';
import { writeReport } from '../report.ts';
import { allParts, readResults, record } from '../results.ts';
import { Creator } from './Creator.ts';
import { measureWays } from './measureWays.ts';

const rounds = Number(process.env.BENCHMARK_TIMES || 3);

/** Others answer nobody: a page, a pipeline of data, what waits for events of a broker. */
const answers = ({ layers }: Template) => layers.includes('http-service');

async function run(wanted?: string): Promise<string> {
  const templates = await readTemplates(wanted);
  // What an earlier run has made has the names that this one wants.
  await fs.rm(paths.data, { recursive: true, force: true });
  await becomeOnlyLauncher();
  const portal = await startPortal();
  try {
    await record('golden-paths', async () => ({
      title: 'Golden paths: from the form to a service that answers',
      command: 'benchmarks/goldenPaths/run.ts',
      method: `The portal as npm start runs it, with the demo organisation. For each template of a service with an API, ${rounds} times: a developer sends the form through the API and waits until the catalog shows the component, clones the repository, and does what its README says until /health answers 200. Dependencies come from the registries or from what the package manager has kept of an earlier run, and do not count. The repositories are on the same machine, and nobody reviews anything.`,
      table: await measureWays(
        await Creator.signIn(),
        templates.filter(answers),
        rounds,
      ),
    }));
  } finally {
    await portal.stop();
  }
  return writeReport(await readResults(allParts));
}

run(process.argv[2]).then(
  file => process.stdout.write(`Written to ${file}\n`),
  error => {
    showFailure(error);
    process.exitCode = 1;
  },
);
