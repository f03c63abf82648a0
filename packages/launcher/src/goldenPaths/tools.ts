import path from 'node:path';
import { LaunchFailure } from '../failure.ts';
import { once } from '../testing/once.ts';
import { bringBrowser } from '../toolchain/browser.ts';
import { bringCheckov } from '../toolchain/checkov.ts';
import { bringDynamoDb, dynamoDbVersion } from '../toolchain/dynamoDb.ts';
import { bringMkDocs } from '../toolchain/docs.ts';
import { bringGoProgram } from '../toolchain/goProgram.ts';
import { bringHadolint } from '../toolchain/hadolint.ts';
import { bringKafka, kafkaVersion } from '../toolchain/kafka.ts';
import { bringMoto } from '../toolchain/moto.ts';
import { bringOtelCollector } from '../toolchain/otelCollector.ts';
import {
  bringBlackboxExporter,
  bringPrometheus,
} from '../toolchain/prometheus.ts';
import { asTool, runIn, type Repository, type Tool } from './step.ts';

// Each is brought once; what cannot be had fails with what to install.

export const kubectl = once(async () => {
  try {
    return await asTool('kubectl', 'kubectl', ['version', '--client']);
  } catch {
    throw new LaunchFailure(
      'kubectl is not here.',
      'Install kubectl, which puts the manifests together.',
    );
  }
});

export const hadolint = once(async () => {
  const folder = await bringHadolint();
  if (!folder) {
    throw new LaunchFailure(
      'hadolint is not to be had for this machine.',
      'Install hadolint.',
    );
  }
  return asTool('hadolint', path.join(folder, 'hadolint'));
});

export const actionlint = once(async () =>
  asTool(
    'actionlint',
    await bringGoProgram({
      name: 'actionlint',
      version: '1.7.12',
      source: 'github.com/rhysd/actionlint/cmd/actionlint',
    }),
  ),
);

/** A program that does not know its version when it is built from source. */
const builtTool = (options: Parameters<typeof bringGoProgram>[0]) =>
  once(async () => ({
    program: await bringGoProgram(options),
    version: `${options.name} ${options.version}`,
  }));

export const gitleaks = builtTool({
  name: 'gitleaks',
  version: '8.28.0',
  source: 'github.com/zricethezav/gitleaks/v8',
});

const builtGrype = builtTool({
  name: 'grype',
  version: '0.121.3',
  source: 'github.com/anchore/grype/cmd/grype',
});

/** What the pipeline asks as well. It knows nothing without its database, so that is looked for first. */
export const grype = once(async () => {
  const known = await fetch(
    'https://grype.anchore.io/databases/v6/latest.json',
    { method: 'HEAD', signal: AbortSignal.timeout(10_000) },
  ).catch(() => undefined);
  if (!known?.ok) {
    throw new LaunchFailure(
      'the database of known vulnerabilities (grype.anchore.io) cannot be reached from here',
      'Run it where that address answers; the pipeline of a repository asks it on every change.',
    );
  }
  return builtGrype();
});

export const amtool = builtTool({
  name: 'amtool',
  version: '0.35.0',
  source: 'github.com/prometheus/alertmanager/cmd/amtool',
});

const prometheusPrograms = once(bringPrometheus);
export const promtool = once(async () =>
  asTool('promtool', (await prometheusPrograms()).promtool),
);
export const prometheus = once(async () =>
  asTool('Prometheus', (await prometheusPrograms()).prometheus),
);
export const blackboxExporter = once(async () =>
  asTool('Blackbox exporter', await bringBlackboxExporter()),
);
export const otelcol = once(async () =>
  asTool('OpenTelemetry Collector', await bringOtelCollector()),
);

export const mkdocs = once(async () =>
  asTool('MkDocs', path.join(await bringMkDocs(), 'mkdocs')),
);

export const browser = once(async () => {
  const program = await bringBrowser();
  if (!program) {
    throw new LaunchFailure(
      'There is no Chromium, and none could be installed.',
      'Install Chromium.',
    );
  }
  return asTool('Chromium', program);
});

export const checkov = once(async () =>
  asTool('Checkov', await bringCheckov()),
);

/** The program is the folder of its jars. */
export const kafka = once(async () => ({
  program: await bringKafka(),
  version: `Apache Kafka ${kafkaVersion}`,
}));

/** The program is the folder of its jars. */
export const dynamoDb = once(async () => ({
  program: await bringDynamoDb(),
  version: `DynamoDB Local ${dynamoDbVersion}`,
}));

export const moto = once(async () => {
  const program = await bringMoto();
  // It does not say its version itself.
  const python = path.join(path.dirname(program), 'python');
  const says = ['-c', 'import moto; print(moto.__version__)'];
  return { ...(await asTool('Moto', python, says)), program };
});

export const terraform = once(async () => {
  for (const [name, program] of [
    ['Terraform', 'terraform'],
    ['OpenTofu', 'tofu'],
  ]) {
    const tool = await asTool(name, program, ['version']).catch(
      () => undefined,
    );
    if (tool) return tool;
  }
  throw new LaunchFailure(
    'Neither Terraform nor OpenTofu is here.',
    'Install one of them.',
  );
});

/** Terraform with the providers that a repository asks for, in its folder of infrastructure. */
export async function initialisedTerraform(
  repository: Repository,
): Promise<Tool> {
  const tool = await terraform();
  try {
    await runIn(repository, 'terraform-init', tool.program, [
      ...['-chdir=infrastructure', 'init', '-backend=false', '-input=false'],
    ]);
  } catch {
    throw new LaunchFailure(
      'the provider of AWS cannot be had here',
      'Check that the registry of providers, or a mirror of it, answers.',
    );
  }
  return tool;
}
