import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { paths } from '../paths.ts';
import { runLogged } from './run.ts';

/** The newest release that Go's module proxy has under a name that `go install` takes. */
const version = '1.4.0';
const source = 'github.com/terraform-providers/terraform-provider-local';

const mirror = path.join(paths.toolchain, 'terraform-providers');
const settings = path.join(mirror, 'terraform.rc');

/** As Terraform names machines. */
function platform(): string {
  const processor = os.arch() === 'x64' ? 'amd64' : os.arch();
  return `${os.platform()}_${processor}`;
}

/**
 * Builds the provider that makes local files, where Go is there, into a mirror
 * on this machine: one provider whose things can be changed by hand, without a
 * registry and without an account anywhere.
 *
 * @returns the configuration file that makes Terraform take it
 * @throws LaunchFailure that says how to get it
 */
export async function bringLocalProvider(): Promise<string> {
  const folder = path.join(
    mirror,
    'registry.terraform.io/hashicorp/local',
    version,
    platform(),
  );
  const program = path.join(folder, `terraform-provider-local_v${version}`);
  const there = await fs.access(program).then(
    () => true,
    () => false,
  );
  if (!there) {
    await runLogged(
      'terraform-provider',
      'go',
      ['install', `${source}@v${version}`],
      {
        env: { ...process.env, GOBIN: folder },
        remedy: 'Install Go, and check that its module proxy can be reached.',
      },
    );
    await fs.rename(path.join(folder, 'terraform-provider-local'), program);
  }
  await fs.writeFile(
    settings,
    `provider_installation {
  filesystem_mirror {
    path = "${mirror}"
  }
}
`,
  );
  return settings;
}
