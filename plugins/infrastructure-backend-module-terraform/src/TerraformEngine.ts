import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  HandedOnError,
  InterruptedError,
  type Applied,
  type Engine,
  type EnginePlan,
  type Existing,
  type Observation,
  type Order,
  type RunTools,
} from '@waymark/plugin-infrastructure-node';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { TerraformSettings } from './config';
import { requireExisting } from './existing';
import { Infracost } from './Infracost';
import { readModule, type Module } from './modules';
import { outputsOf } from './outputs';
import { enginePlan, observationOf } from './plans';
import { Program } from './Program';
import { readState } from './readState';
import { remainingIn } from './remaining';
import { hasStranded, KilledError, Workspace } from './Workspace';

/** Folders and files are named by these; they come from the portal, and are checked all the same. */
const safeName = /^[A-Za-z0-9-]{1,64}$/;

/**
 * Makes resources with Terraform or OpenTofu: each has a state of its own,
 * which the portal keeps. The program runs detached, in a folder that outlives
 * it, so that an apply goes on when the portal dies and its end is found later.
 */
export class TerraformEngine implements Engine {
  readonly name = 'terraform';
  readonly afterInterruption = 'ask';
  readonly #settings: TerraformSettings;
  readonly #program: Program;
  readonly #infracost: Infracost;

  static create(settings: TerraformSettings): TerraformEngine {
    return new TerraformEngine(settings);
  }

  private constructor(settings: TerraformSettings) {
    this.#settings = settings;
    this.#program = new Program(settings);
    this.#infracost = new Infracost(settings.infracost);
  }

  async unavailable(): Promise<string | undefined> {
    const reason = await this.#program.unavailable();
    if (reason) return reason;
    const { workFolder } = this.#settings;
    if (!workFolder) {
      return 'Terraform does not run here: set infrastructure.terraform.workFolder to a folder that outlives the portal, such as a volume. An apply that goes on while the portal restarts is found there, and so is a state that could not be handed over.';
    }
    try {
      await fs.mkdir(workFolder, { recursive: true, mode: 0o700 });
      await fs.access(workFolder, fs.constants.W_OK);
      return undefined;
    } catch (error) {
      return `Terraform does not run here: infrastructure.terraform.workFolder is ${workFolder}, which cannot be written in (${
        (error as NodeJS.ErrnoException).code
      }). Make it a folder of the user that the portal runs as.`;
    }
  }

  checkSettings(settings: JsonObject): void {
    this.#module(settings);
  }

  async plan(order: Order, tools: RunTools): Promise<EnginePlan> {
    const module = this.#module(order.settings);
    await this.#pushStranded(order, tools);
    const workspace = await this.#open(order, 'plan', tools, 'read');
    try {
      await tools.step(`Prepare the module ${module.name}`);
      await workspace.prepare(order, module);
      await tools.step('Plan with Terraform');
      const plan = await workspace.plan(order.wanted);
      const cost =
        order.wanted === 'present'
          ? await this.#infracost.price(plan, workspace.folder, tools)
          : undefined;
      return enginePlan({
        order,
        module,
        plan,
        cost,
        artefact: await workspace.savedPlan(),
      });
    } finally {
      await workspace.remove();
    }
  }

  async apply(
    order: Order,
    plan: EnginePlan,
    tools: RunTools,
  ): Promise<Applied> {
    if (!plan.artefact) throw new InputError('The plan was not saved');
    const { artefact } = plan;
    const module = this.#module(order.settings);
    const workspace = await this.#open(order, 'apply', tools, 'write');
    await tools.step('Prepare the folder of the run');
    await workspace.prepare(order, module);
    await tools.step('Apply with Terraform');
    return this.#conclude(order, workspace, tools, () =>
      workspace.apply(artefact),
    );
  }

  async resume(order: Order, tools: RunTools): Promise<Applied> {
    const workspace = await this.#open(order, 'apply', tools, 'write');
    return this.#conclude(order, workspace, tools, async () => {
      if (await workspace.followApply()) return;
      throw new InterruptedError(
        `Terraform was to apply this on another machine, or had not begun: ${workspace.folder} tells nothing. Look at what is there, then try again or destroy it.`,
      );
    });
  }

  checkExisting(existing: Existing[]): void {
    requireExisting(existing);
  }

  remaining(state: Buffer): Existing[] {
    return remainingIn(state);
  }

  async observe(order: Order, tools: RunTools): Promise<Observation> {
    const kept = await readState(await tools.state('read'));
    if (!kept?.resources.length) return { state: 'absent' };
    const module = this.#module(order.settings);
    const workspace = await this.#open(order, 'observe', tools, 'read');
    try {
      await workspace.prepare(order, module);
      const plan = await workspace.plan('present');
      return observationOf(plan, kept, module);
    } finally {
      await workspace.remove();
    }
  }

  #module(settings: JsonObject): Module {
    return readModule(this.#settings.modules, settings);
  }

  #folder(order: Order): string {
    const { id } = order.resource;
    const { workFolder } = this.#settings;
    if (!workFolder) {
      throw new InputError('infrastructure.terraform.workFolder is not set');
    }
    if (!safeName.test(id) || !safeName.test(order.requestId)) {
      throw new InputError(
        `The resource ${id} and the request ${order.requestId} cannot name a folder`,
      );
    }
    return path.join(workFolder, id);
  }

  async #open(
    order: Order,
    purpose: 'plan' | 'apply' | 'observe',
    tools: RunTools,
    access: 'read' | 'write',
  ): Promise<Workspace> {
    return new Workspace({
      folder: path.join(this.#folder(order), order.requestId, purpose),
      program: this.#program,
      tools,
      state: await tools.state(access),
    });
  }

  /** Sees an apply to its end, and takes care that what it made stands in the state. */
  async #conclude(
    order: Order,
    workspace: Workspace,
    tools: RunTools,
    work: () => Promise<void>,
  ): Promise<Applied> {
    try {
      await work();
    } catch (error) {
      // The folder belongs to whoever goes on.
      if (error instanceof HandedOnError) throw error;
      if (await hasStranded(workspace.folder)) {
        await this.#rescue(workspace, tools);
      } else if (error instanceof KilledError) {
        throw new InterruptedError(
          'Terraform was killed in the middle: what it made last may not stand in the state. Look for what carries the tag of this request, then try again or destroy it.',
        );
      }
      throw error;
    }
    const outputs =
      order.wanted === 'present'
        ? outputsOf(await workspace.outputs(), tools)
        : {};
    // What is destroyed needs nothing of earlier attempts either.
    const done =
      order.wanted === 'present'
        ? path.dirname(workspace.folder)
        : this.#folder(order);
    await fs.rm(done, { recursive: true, force: true });
    return { outputs };
  }

  /** Hands a state over that an apply could not. */
  async #rescue(workspace: Workspace, tools: RunTools): Promise<void> {
    await tools.step('Hand over the state that was left behind');
    try {
      await workspace.pushStranded();
    } catch (error) {
      throw new InterruptedError(
        `What Terraform made stands in ${
          workspace.folder
        }/errored.tfstate alone, because the portal did not take the state: ${
          (error as Error).message
        }. Try again: that hands it over first.`,
      );
    }
  }

  /** Hands over what earlier requests of the resource left behind. */
  async #pushStranded(order: Order, tools: RunTools): Promise<void> {
    const folder = this.#folder(order);
    const requests = await fs.readdir(folder).catch(() => []);
    for (const request of requests) {
      const left = path.join(folder, request, 'apply');
      if (await hasStranded(left)) {
        const workspace = new Workspace({
          folder: left,
          program: this.#program,
          tools,
          state: await tools.state('write'),
        });
        await this.#rescue(workspace, tools);
      }
    }
  }
}
