import fs from 'node:fs/promises';
import path from 'node:path';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { checkConsumer } from './consumer.ts';
import { checkManifests } from './checkManifests.ts';
import { checkDeliveryEvent } from './deliveryEvent.ts';
import { earlierVersions } from './earlier.ts';
import { languageOf, type Language } from './languages.ts';
import { checkFlags } from './flags.ts';
import { hasFlags } from './flagsFile.ts';
import { checkFunction } from './function.ts';
import { checkPipeline, Materializing } from './materializing.ts';
import { checkAlerts, checkDashboards } from './monitoring.ts';
import { checkNights } from './nights.ts';
import { checkRouting } from './onCall.ts';
import { checkPage } from './page.ts';
import { checkPartsList } from './partsList.ts';
import { checkPause } from './pause.ts';
import { checkProbed } from './probed.ts';
import { checkProbes } from './probes.ts';
import { checkService } from './service.ts';
import { checkTelemetry } from './telemetry.ts';
import {
  having,
  isWebsite,
  makesData,
  runIn,
  takesEvents,
  type Repository,
  type Step,
  type Tool,
} from './step.ts';
import { Stream } from './stream.ts';
import { checkUpgrades } from './upgrade.ts';
import {
  actionlint,
  amtool,
  blackboxExporter,
  browser,
  checkov,
  dynamoDb,
  gitleaks,
  grype,
  hadolint,
  initialisedTerraform,
  kafka,
  kubectl,
  mkdocs,
  moto,
  otelcol,
  prometheus,
  promtool,
  terraform,
} from './tools.ts';
import { callsWith, type Workload } from './workload.ts';

async function buildDocs(repository: Repository, program: string) {
  const site = path.join(paths.home, 'templates', `${repository.name}-site`);
  for (const folder of [repository.folder, repository.template.folder]) {
    await runIn(repository, 'docs', program, [
      'build',
      '--strict',
      '--config-file',
      path.join(folder, 'mkdocs.yml'),
      '--site-dir',
      site,
    ]);
  }
}

async function knownLanguageOf(repository: Repository): Promise<Language> {
  const language = await languageOf(repository);
  if (language) return language;
  throw new LaunchFailure(
    `Nobody knows how ${repository.name} is built.`,
    'Say it in packages/launcher/src/goldenPaths/languages.ts.',
  );
}

/** A step that does what the language of the repository says. */
function inLanguage(
  name: string,
  work: (repository: Repository, language: Language) => Promise<void>,
  has: (language: Language) => boolean = () => true,
): Step {
  return {
    name,
    builds: true,
    applies: async repository => has(await knownLanguageOf(repository)),
    run: async repository =>
      work(repository, await knownLanguageOf(repository)),
  };
}

/** What makes the service of a repository busy. */
async function workloadOf(
  repository: Repository,
  broker?: Tool,
): Promise<Workload> {
  if (makesData(repository)) return Materializing.start(repository);
  return broker
    ? Stream.start(repository, broker.program)
    : callsWith(repository.template.requests);
}

/** Everything that is looked at in what a template becomes, in order. */
export const steps: Step[] = [
  {
    name: 'Manifests',
    builds: false,
    tools: async () => [await kubectl()],
    applies: having('deploy/kubernetes/overlays'),
    run: (repository, [{ program }]) => checkManifests(repository, program),
  },
  {
    name: 'Dockerfile',
    builds: false,
    tools: async () => [await hadolint()],
    applies: having('Dockerfile'),
    run: (repository, [{ program }]) =>
      runIn(repository, 'dockerfile', program, ['Dockerfile']),
  },
  {
    name: 'Workflows',
    builds: false,
    tools: async () => [await actionlint()],
    applies: having('.github/workflows'),
    async run(repository, [{ program }]) {
      const folder = path.join(repository.folder, '.github/workflows');
      const files = await fs.readdir(folder);
      await runIn(repository, 'workflows', program, [
        '-no-color',
        ...files.map(file => path.join(folder, file)),
      ]);
    },
  },
  {
    name: 'Alerts',
    builds: false,
    tools: async () => [await promtool()],
    applies: having('deploy/monitoring/alerts.yaml'),
    run: (repository, [{ program }]) => checkAlerts(repository, program),
  },
  {
    name: 'On call',
    builds: false,
    tools: async () => [await amtool()],
    applies: having('deploy/monitoring/routing.yaml'),
    run: (repository, [{ program }]) => checkRouting(repository, program),
  },
  {
    name: 'Dashboard',
    builds: false,
    tools: async () => [await promtool()],
    applies: having('deploy/monitoring/dashboard.json'),
    run: (repository, [{ program }]) => checkDashboards(repository, program),
  },
  {
    name: 'Probes',
    builds: false,
    tools: async () => [await promtool(), await blackboxExporter()],
    applies: having('deploy/monitoring/scrape.yaml'),
    run: (repository, [checker, exporter]) =>
      checkProbes(repository, {
        promtool: checker.program,
        blackboxExporter: exporter.program,
      }),
  },
  {
    name: 'Delivery event',
    builds: false,
    applies: having('deploy/report.sh'),
    run: checkDeliveryEvent,
  },
  {
    name: 'Terraform',
    builds: false,
    tools: async () => [await terraform()],
    applies: having('infrastructure'),
    run: (repository, [{ program }]) =>
      runIn(repository, 'terraform', program, [
        ...['fmt', '-check', '-diff', '-recursive', 'infrastructure'],
      ]),
  },
  {
    name: 'Docs',
    builds: false,
    tools: async () => [await mkdocs()],
    applies: having('mkdocs.yml'),
    run: (repository, [{ program }]) => buildDocs(repository, program),
  },
  {
    name: 'Secrets',
    builds: true,
    tools: async () => [await gitleaks()],
    applies: async () => true,
    run: (repository, [{ program }]) =>
      runIn(repository, 'secrets', program, ['dir', '--no-banner', '.']),
  },
  {
    name: 'Configuration',
    builds: true,
    tools: async () => [await checkov()],
    applies: having('.checkov.yaml'),
    run: (repository, [{ program }]) =>
      runIn(repository, 'configuration', program, [
        ...['--config-file', '.checkov.yaml', '--directory', '.'],
      ]),
  },
  {
    name: 'Terraform tests',
    builds: true,
    tools: async repository => [await initialisedTerraform(repository)],
    applies: having('infrastructure', 'tests'),
    async run(repository, [{ program }]) {
      for (const command of ['validate', 'test']) {
        await runIn(repository, `terraform-${command}`, program, [
          ...['-chdir=infrastructure', command],
        ]);
      }
    },
  },
  inLanguage('Install', (repository, { install: { program, args } }) =>
    runIn(repository, 'install', program, args),
  ),
  inLanguage(
    'Build',
    async (repository, { build }) => {
      if (build) await runIn(repository, 'build', build.program, build.args);
    },
    ({ build }) => build !== undefined,
  ),
  inLanguage('Tests', (repository, { test: { program, args } }) =>
    runIn(repository, 'tests', program, args),
  ),
  inLanguage(
    'Parts list',
    async (repository, { parts }) => {
      if (parts) await checkPartsList(repository, parts);
    },
    ({ parts }) => parts !== undefined,
  ),
  {
    name: 'Dependencies',
    builds: true,
    tools: async () => [await grype()],
    applies: async () => true,
    async run(repository, [{ program }]) {
      const { parts } = await knownLanguageOf(repository);
      await runIn(repository, 'dependencies', program, [
        parts ? `sbom:${parts.file}` : 'dir:.',
        ...['--fail-on', 'critical', '--quiet'],
      ]);
    },
  },
  inLanguage('Lint', async (repository, { lint }) => {
    for (const { program, args } of lint) {
      await runIn(repository, 'lint', program, args);
    }
  }),
  {
    ...inLanguage('Upgrade', async (repository, language) =>
      checkUpgrades(
        repository,
        language,
        await earlierVersions(repository.template),
      ),
    ),
    applies: async ({ template }) =>
      (await earlierVersions(template)).length > 0,
  },
  {
    ...inLanguage('Serves', checkService),
    applies: having('openapi.yaml'),
  },
  {
    ...inLanguage('Flags', checkFlags),
    applies: async repository =>
      !takesEvents(repository) &&
      !makesData(repository) &&
      (await hasFlags(repository)),
  },
  {
    name: 'Invoked',
    builds: true,
    tools: async () => [await dynamoDb(), await moto(), await otelcol()],
    applies: having('cmd', 'function'),
    run: async (repository, [database, parameters, collector]) =>
      checkFunction(repository, await knownLanguageOf(repository), {
        jars: database.program,
        moto: parameters.program,
        otelcol: collector.program,
      }),
  },
  {
    name: 'Consumes',
    builds: true,
    tools: async () => [await kafka()],
    applies: async repository => takesEvents(repository),
    run: async (repository, [{ program }]) =>
      checkConsumer(repository, await knownLanguageOf(repository), program),
  },
  {
    name: 'Pauses',
    builds: true,
    tools: async repository => (takesEvents(repository) ? [await kafka()] : []),
    applies: async repository =>
      (takesEvents(repository) || makesData(repository)) &&
      (await hasFlags(repository)),
    async run(repository, [broker]) {
      const language = await knownLanguageOf(repository);
      await (broker
        ? checkPause(repository, language, broker.program)
        : checkNights(repository, language));
    },
  },
  {
    ...inLanguage('Materializes', checkPipeline),
    applies: async repository => makesData(repository),
  },
  {
    name: 'Page',
    builds: true,
    tools: async () => [await browser()],
    applies: having('index.html'),
    run: (repository, [{ program }]) => checkPage(repository, program),
  },
  {
    name: 'Probed',
    builds: true,
    tools: async () => [await blackboxExporter(), await prometheus()],
    applies: having('deploy/monitoring/scrape.yaml'),
    run: (repository, [exporter, monitor]) =>
      checkProbed(repository, {
        blackboxExporter: exporter.program,
        prometheus: monitor.program,
      }),
  },
  {
    name: 'Telemetry',
    builds: true,
    tools: async repository => [
      await otelcol(),
      await prometheus(),
      ...(takesEvents(repository) ? [await kafka()] : []),
    ],
    applies: async repository =>
      !isWebsite(repository) &&
      (await having('deploy', 'monitoring', 'dashboard.json')(repository)),
    async run(repository, [collector, monitor, broker]) {
      const language = await knownLanguageOf(repository);
      const workload = await workloadOf(repository, broker);
      try {
        await checkTelemetry(repository, language, workload, {
          otelcol: collector.program,
          prometheus: monitor.program,
        });
      } finally {
        await workload.stop();
      }
    },
  },
];
