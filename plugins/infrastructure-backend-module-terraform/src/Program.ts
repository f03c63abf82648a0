import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TerraformSettings } from './config';

const run = promisify(execFile);
/** JSON output of `init` and provider-free state pushes are there since then. */
const oldest = [1, 9];

/** Terraform or OpenTofu, as it is found on the machine. */
export class Program {
  readonly #settings: TerraformSettings;
  #found: string | undefined;

  constructor(settings: TerraformSettings) {
    this.#settings = settings;
  }

  /** Its environment: what is configured, and of the portal's own only what any program needs. */
  environment(more: Record<string, string> = {}): Record<string, string> {
    const { PATH = '', HOME = '/', TMPDIR = '/tmp' } = process.env;
    const { cliConfig, environment } = this.#settings;
    return {
      PATH,
      HOME,
      TMPDIR,
      // Whatever the machine's own user has set for it, runs are all alike.
      TF_CLI_CONFIG_FILE: cliConfig ?? '/dev/null',
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      CHECKPOINT_DISABLE: '1',
      // Rides out a portal that starts anew: a minute and a half. The address may be of
      // a backend that never comes back; what it did not take then lies in a file, and
      // whoever goes on hands it over.
      TF_HTTP_RETRY_MAX: '12',
      TF_HTTP_RETRY_WAIT_MAX: '10',
      ...environment,
      ...more,
    };
  }

  /** Why it cannot be used here; undefined when it can. */
  async unavailable(): Promise<string | undefined> {
    if (this.#found) return undefined;
    const { executable } = this.#settings;
    const reasons: string[] = [];
    for (const name of executable ? [executable] : ['terraform', 'tofu']) {
      const reason = await this.#try(name);
      if (!reason) {
        this.#found = name;
        return undefined;
      }
      reasons.push(reason);
    }
    return `Terraform cannot run here: ${reasons.join(
      '; ',
    )}. Install Terraform or OpenTofu ${oldest.join(
      '.',
    )} or later where the portal runs, or name it in infrastructure.terraform.executable.`;
  }

  /** @throws Error when it cannot be used here */
  async require(): Promise<string> {
    const reason = await this.unavailable();
    if (reason || !this.#found) throw new Error(reason);
    return this.#found;
  }

  async #try(name: string): Promise<string | undefined> {
    try {
      const { stdout } = await run(name, ['version', '-json'], {
        env: this.environment(),
        timeout: 20_000,
      });
      const { terraform_version: version } = JSON.parse(stdout);
      const [major, minor] = String(version).split('.').map(Number);
      return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
        ? undefined
        : `${name} is ${version}`;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? `there is no ${name} in the PATH`
        : `${name} does not answer (${(error as Error).message.trim()})`;
    }
  }
}
