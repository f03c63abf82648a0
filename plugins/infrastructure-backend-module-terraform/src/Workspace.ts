import type {
  Order,
  RunTools,
  StateAccess,
} from '@waymark/plugin-infrastructure-node';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Job, type Ending } from './Job';
import { readMessage } from './messages';
import { copyModule, type Module } from './modules';
import type { TerraformPlan } from './planJson';
import type { Program } from './Program';
import { httpBackend, rootModule } from './rootModule';

const planFile = 'plan.bin';
/** Where Terraform leaves a state that it could not hand over. */
const stranded = 'errored.tfstate';

/** A command that did not do what it should, in its own words. */
export class CommandError extends Error {
  constructor(command: string, errors: string[]) {
    super(
      `terraform ${command} failed: ${
        errors.join('; ') || 'it did not say why'
      }`,
    );
  }
}

/** Thrown when a command was killed from outside. */
export class KilledError extends Error {
  constructor(command: string) {
    super(`terraform ${command} was killed`);
  }
}

/** Whether a state lies in a folder that could not be handed over. */
export async function hasStranded(folder: string): Promise<boolean> {
  return fs.access(path.join(folder, stranded)).then(
    () => true,
    () => false,
  );
}

/** A folder in which Terraform runs. */
export class Workspace {
  readonly folder: string;
  readonly #program: Program;
  readonly #tools: RunTools;
  readonly #state: StateAccess;

  constructor(options: {
    folder: string;
    program: Program;
    tools: RunTools;
    state: StateAccess;
  }) {
    this.folder = options.folder;
    this.#program = options.program;
    this.#tools = options.tools;
    this.#state = options.state;
  }

  /** Writes what Terraform reads, and makes it ready to run. */
  async prepare(order: Order, module: Module): Promise<void> {
    await fs.rm(this.folder, { recursive: true, force: true });
    await fs.mkdir(this.folder, { recursive: true, mode: 0o700 });
    copyModule(module, path.join(this.folder, 'module'));
    const { configuration, values } = rootModule(order, module, httpBackend);
    await this.#write('main.tf.json', configuration);
    await this.#write('terraform.tfvars.json', values);
    await this.#run('init', ['-json', '-no-color']);
  }

  /** Plans without the lock, which only those who write take. */
  async plan(wanted: Order['wanted']): Promise<TerraformPlan> {
    await this.#run('plan', [
      '-json',
      '-lock=false',
      `-out=${planFile}`,
      ...(wanted === 'absent' ? ['-destroy'] : []),
    ]);
    return JSON.parse(await this.#ask('show', ['-json', planFile]));
  }

  /** The plan as Terraform saved it. */
  async savedPlan(): Promise<Buffer> {
    return fs.readFile(path.join(this.folder, planFile));
  }

  /** Begins to apply a saved plan, and follows it to its end. */
  async apply(plan: Buffer): Promise<void> {
    await fs.writeFile(path.join(this.folder, planFile), plan, { mode: 0o600 });
    await this.#run('apply', ['-json', planFile]);
  }

  /**
   * Follows an apply that somebody else began, from its beginning.
   *
   * @returns false when none was begun here
   */
  async followApply(): Promise<boolean> {
    const job = await Job.find(this.folder, 'apply');
    if (!job) return false;
    await this.#follow('apply', job);
    return true;
  }

  async outputs(): Promise<Record<string, { value: unknown }>> {
    return JSON.parse(await this.#ask('output', ['-json']));
  }

  /** Hands over the state that lies here. @throws CommandError when it cannot be */
  async pushStranded(): Promise<void> {
    await this.#run('state-push', [stranded], ['state', 'push']);
    await fs.rename(
      path.join(this.folder, stranded),
      path.join(this.folder, `${stranded}.pushed`),
    );
  }

  async remove(): Promise<void> {
    await fs.rm(this.folder, { recursive: true, force: true });
  }

  async #write(name: string, content: object): Promise<void> {
    await fs.writeFile(
      path.join(this.folder, name),
      JSON.stringify(content, null, 2),
      { mode: 0o600 },
    );
  }

  /** Runs a command to its end. `name` names its files. */
  async #run(name: string, args: string[], command = [name]): Promise<void> {
    await this.#follow(name, await this.#start(name, [...command, ...args]));
  }

  async #start(name: string, args: string[]): Promise<Job> {
    const { address, username, password } = this.#state;
    this.#tools.conceal(password);
    return Job.start({
      folder: this.folder,
      name,
      program: await this.#program.require(),
      args,
      env: this.#program.environment({
        TF_HTTP_ADDRESS: address,
        TF_HTTP_LOCK_ADDRESS: address,
        TF_HTTP_UNLOCK_ADDRESS: address,
        TF_HTTP_USERNAME: username,
        TF_HTTP_PASSWORD: password,
      }),
    });
  }

  async #follow(name: string, job: Job): Promise<void> {
    const errors: string[] = [];
    const ending = await job.follow({
      signal: this.#tools.signal,
      // What only reads is begun anew by whoever goes on.
      outlives: name === 'apply',
      onLine: line => {
        const { text, error } = readMessage(line);
        if (text) this.#tools.log(text);
        if (error) errors.push(error);
      },
    });
    await this.#conclude(name, job, ending, errors);
  }

  async #conclude(
    name: string,
    job: Job,
    ending: Ending,
    errors: string[],
  ): Promise<void> {
    if (ending === 'lost') throw new KilledError(name);
    if (ending.code === 0) return;
    const complaints = await job.complaints();
    throw new CommandError(name, errors.length ? errors : [complaints]);
  }

  /** What a command answers that only reads: not for people, since secrets are in it. */
  async #ask(name: string, args: string[]): Promise<string> {
    const job = await this.#start(name, [name, ...args]);
    const lines: string[] = [];
    const ending = await job.follow({
      signal: this.#tools.signal,
      outlives: false,
      onLine: line => lines.push(line),
    });
    await fs.rm(path.join(this.folder, `${name}.out`), { force: true });
    await this.#conclude(name, job, ending, []);
    return lines.join('\n');
  }
}
