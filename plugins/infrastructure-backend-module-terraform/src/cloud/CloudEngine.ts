import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
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
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { CloudSettings, TerraformSettings } from '../config';
import { requireExisting } from '../existing';
import { Infracost } from '../Infracost';
import { readModule, type Module } from '../modules';
import { enginePlan, observationOf } from '../plans';
import { outputsOf } from '../outputs';
import { rootModule } from '../rootModule';
import { CloudApi, RefusedError } from './CloudApi';
import { CloudWorkspace } from './CloudWorkspace';

const artefactShape = z.object({
  run: z.string(),
  /** Whether there is something to apply: what changes nothing is over once it is planned. */
  isOpen: z.boolean(),
});

/** For how long an answer to whether it can run is believed. */
const believedMs = 60_000;

/**
 * Makes resources with Terraform that runs in HCP Terraform: each has a
 * workspace of its own there, with its state. An apply goes on when the portal
 * dies, and any portal follows it to its end.
 */
export class CloudEngine implements Engine {
  readonly name = 'terraform';
  readonly afterInterruption = 'ask';
  readonly #settings: TerraformSettings;
  readonly #cloud: CloudSettings;
  readonly #api: CloudApi;
  readonly #infracost: Infracost;
  #known: { reason: string | undefined; at: number } | undefined;

  static create(
    settings: TerraformSettings,
    cloud: CloudSettings,
  ): CloudEngine {
    return new CloudEngine(settings, cloud);
  }

  private constructor(settings: TerraformSettings, cloud: CloudSettings) {
    this.#settings = settings;
    this.#cloud = cloud;
    this.#api = new CloudApi(cloud);
    this.#infracost = new Infracost(settings.infracost);
  }

  async unavailable(): Promise<string | undefined> {
    if (!this.#known || Date.now() - this.#known.at > believedMs) {
      this.#known = { reason: await this.#reason(), at: Date.now() };
    }
    return this.#known.reason;
  }

  checkSettings(settings: JsonObject): void {
    this.#module(settings);
  }

  checkExisting(existing: Existing[]): void {
    requireExisting(existing);
  }

  async plan(order: Order, tools: RunTools): Promise<EnginePlan> {
    const module = this.#module(order.settings);
    const root = rootModule(order, module);
    const workspace = this.#workspace(order, tools);
    await tools.step('Plan in HCP Terraform');
    tools.log(`Workspace ${workspace.name}`);
    const { run, plan } = await workspace.plan(order, module, root, 'save');
    const cost =
      order.wanted === 'present' ? await this.#price(plan, tools) : undefined;
    return enginePlan({
      order,
      module,
      plan,
      cost,
      artefact: Buffer.from(
        JSON.stringify({
          run: run.id,
          isOpen: run.attributes.status === 'planned_and_saved',
        }),
      ),
    });
  }

  async apply(
    order: Order,
    { artefact }: EnginePlan,
    tools: RunTools,
  ): Promise<Applied> {
    if (!artefact) throw new InputError('The plan was not saved');
    const { run, isOpen } = artefactShape.parse(
      JSON.parse(artefact.toString('utf8')),
    );
    const workspace = this.#workspace(order, tools);
    await tools.step('Apply in HCP Terraform');
    try {
      if (isOpen) await workspace.apply(run);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      throw new InputError(
        `Saved plan is stale: HCP Terraform does not apply it any more (${error.message}). Nothing was done; try again, and look at the new plan.`,
      );
    }
    return this.#conclude(order, workspace, tools);
  }

  async resume(order: Order, tools: RunTools): Promise<Applied> {
    const workspace = this.#workspace(order, tools);
    await tools.step('Follow what goes on in HCP Terraform');
    if (!(await workspace.followApply(order))) {
      throw new InterruptedError(
        `HCP Terraform was not told to apply this: the workspace ${workspace.name} has no run of this request that was confirmed. Try again or destroy it.`,
      );
    }
    return this.#conclude(order, workspace, tools);
  }

  async observe(order: Order, tools: RunTools): Promise<Observation> {
    const workspace = this.#workspace(order, tools);
    const kept = await workspace.state();
    if (!kept?.resources.length) return { state: 'absent' };
    const module = this.#module(order.settings);
    const wanted: Order = { ...order, wanted: 'present' };
    const root = rootModule(wanted, module);
    const { plan } = await workspace.plan(wanted, module, root, 'look');
    return observationOf(plan, kept, module);
  }

  #module(settings: JsonObject): Module {
    return readModule(this.#settings.modules, settings);
  }

  #workspace(order: Order, tools: RunTools): CloudWorkspace {
    tools.conceal(this.#cloud.token);
    const { organization, project } = this.#cloud;
    return new CloudWorkspace({
      api: this.#api,
      organization,
      project,
      order,
      tools,
    });
  }

  async #conclude(
    order: Order,
    workspace: CloudWorkspace,
    tools: RunTools,
  ): Promise<Applied> {
    if (order.wanted === 'present') {
      const kept = await workspace.state();
      return { outputs: outputsOf(kept?.outputs ?? {}, tools) };
    }
    await workspace.remove().catch(error => {
      tools.log(
        `All is gone but the workspace ${
          workspace.name
        }, which HCP Terraform keeps: ${(error as Error).message}`,
      );
    });
    return { outputs: {} };
  }

  async #price(plan: Parameters<Infracost['price']>[0], tools: RunTools) {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'waymark-price-'));
    try {
      return await this.#infracost.price(plan, folder, tools);
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
    }
  }

  async #reason(): Promise<string | undefined> {
    const { address, organization } = this.#cloud;
    try {
      const found = await this.#api.find(
        `/organizations/${organization}`,
        z.object({}),
      );
      return found
        ? undefined
        : `Terraform does not run: ${address} has no organization "${organization}" that the portal may see. Check infrastructure.terraform.cloud.`;
    } catch (error) {
      return `Terraform does not run: ${(error as Error).message}`;
    }
  }
}
