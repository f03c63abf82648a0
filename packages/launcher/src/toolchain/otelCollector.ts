import fs from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { paths } from '../paths.ts';
import { bringGoProgram } from './goProgram.ts';
import { runLogged } from './run.ts';

const version = '0.165.0';
/** The collector's own parts and those of its community are released apart. */
const communityVersion = '0.165.1';

/** What is built in: whatever services send, the lines that they write, and showing all of it. */
const parts = {
  receivers: [
    {
      gomod: `go.opentelemetry.io/collector/receiver/otlpreceiver v${version}`,
    },
    {
      gomod: `github.com/open-telemetry/opentelemetry-collector-contrib/receiver/filelogreceiver v${communityVersion}`,
    },
  ],
  exporters: [
    {
      gomod: `go.opentelemetry.io/collector/exporter/debugexporter v${version}`,
    },
  ],
};

/**
 * Brings the OpenTelemetry Collector, put together by its own builder from the
 * few parts that are wanted; that takes minutes, once.
 *
 * @returns the program
 * @throws LaunchFailure that says how to get what it is built with
 */
export async function bringOtelCollector(): Promise<string> {
  const folder = path.join(paths.toolchain, `otelcol-${version}`);
  const program = path.join(folder, 'otelcol');
  if (await fs.stat(program).catch(() => undefined)) return program;

  const builder = await bringGoProgram({
    name: 'builder',
    version,
    source: 'go.opentelemetry.io/collector/cmd/builder',
  });
  const manifest = path.join(folder, 'builder.yaml');
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(
    manifest,
    stringify({
      dist: {
        name: 'otelcol',
        description: 'The OpenTelemetry Collector',
        output_path: folder,
        version,
      },
      ...parts,
    }),
  );
  await runLogged('otelcol', builder, ['--config', manifest], {
    cwd: folder,
    remedy: 'Check that the module proxy of Go can be reached.',
  });
  return program;
}
