import { ServiceUnavailableError } from '@backstage/errors';
import {
  HandedOnError,
  InterruptedError,
  type Order,
  type RunTools,
} from '@waymark/plugin-infrastructure-node';
import type { Module } from '../modules';
import type { TerraformPlan } from '../planJson';
import { stateShape, type KeptState } from '../readState';
import type { RootModule } from '../rootModule';
import { CommandError } from '../Workspace';
import { RefusedError, type CloudApi } from './CloudApi';
import { packed } from './packed';
import { PhaseLog } from './PhaseLog';
import {
  configurationShape,
  runShape,
  runsShape,
  stateVersionShape,
  workspaceShape,
  type CloudRun,
} from './shapes';

type Phase = 'plan' | 'apply';

/** A run goes no further by itself. */
const ends: Record<Phase, readonly string[]> = {
  plan: ['planned_and_saved', 'planned_and_finished'],
  apply: ['applied'],
};
/** It went no further than that, and will not. */
const broken: Record<string, string> = {
  errored: 'it failed',
  canceled: 'it was cancelled',
  force_canceled: 'it was cancelled by force',
  discarded: 'it was discarded',
  policy_soft_failed: 'a policy of the organization failed',
  policy_override:
    'a policy of the organization failed, and waits for somebody to override it',
};

/** How runs say whom they are for; it is looked for when a portal takes one up. */
const messageOf = ({ requestId, resource }: Order) =>
  `Waymark request ${requestId}: ${resource.name} in ${resource.environment}`;

/** Whether it was told to apply. */
const isConfirmed = ({ attributes }: CloudRun) =>
  Boolean(attributes['status-timestamps']?.['confirmed-at']);

/** The workspace of a resource, in which HCP Terraform runs and keeps its state. */
export class CloudWorkspace {
  readonly #api: CloudApi;
  readonly #organization: string;
  readonly #project: string | undefined;
  readonly #tools: RunTools;
  readonly name: string;

  constructor(options: {
    api: CloudApi;
    organization: string;
    project?: string;
    order: Order;
    tools: RunTools;
  }) {
    this.#api = options.api;
    this.#organization = options.organization;
    this.#project = options.project;
    this.#tools = options.tools;
    this.name = `waymark-${options.order.resource.id}`;
  }

  /** The state as it is kept; undefined when there is none. */
  async state(): Promise<KeptState | undefined> {
    const id = await this.#find();
    const version =
      id &&
      (await this.#api.find(
        `/workspaces/${id}/current-state-version`,
        stateVersionShape,
      ));
    if (!version) return undefined;
    const address = version.data.attributes['hosted-state-download-url'];
    const text = await this.#api.download(address, 'token');
    return stateShape.parse(JSON.parse(text.toString('utf8')));
  }

  /**
   * Plans.
   *
   * @param purpose - `save`: to be applied, as long as nothing overtakes it;
   *   `look`: never to be
   */
  async plan(
    order: Order,
    module: Module,
    root: RootModule,
    purpose: 'save' | 'look',
  ): Promise<{ run: CloudRun; plan: TerraformPlan }> {
    const workspace = (await this.#find()) ?? (await this.#make(order));
    const configuration = await this.#upload(workspace, module, root, purpose);
    const { data: queued } = await this.#api.post(
      '/runs',
      {
        type: 'runs',
        attributes: {
          message: messageOf(order),
          'is-destroy': order.wanted === 'absent',
          'auto-apply': false,
          ...(purpose === 'save'
            ? { 'save-plan': true }
            : { 'plan-only': true }),
        },
        relationships: {
          workspace: { data: { type: 'workspaces', id: workspace } },
          'configuration-version': {
            data: { type: 'configuration-versions', id: configuration },
          },
        },
      },
      runShape,
    );
    const run = await this.#follow(queued, 'plan');
    const document = await this.#api.download(
      this.#api.addressOf(
        `/plans/${run.relationships.plan.data.id}/json-output`,
      ),
      'token',
    );
    return { run, plan: JSON.parse(document.toString('utf8')) };
  }

  /**
   * Applies a plan that was saved, and follows it to its end.
   *
   * @throws RefusedError when something has overtaken it
   * @throws InterruptedError when nobody knows how far it came
   */
  async apply(id: string): Promise<void> {
    const refused = await this.#api.act(`/runs/${id}/actions/apply`).then(
      () => undefined,
      error => {
        if (error instanceof RefusedError) return error;
        throw error;
      },
    );
    const { data } = await this.#api.get(`/runs/${id}`, runShape);
    // Asked twice, because the first answer was lost, it refuses the second time.
    if (refused && !isConfirmed(data)) throw refused;
    await this.#followApply(data);
  }

  /**
   * Follows an apply that somebody else began, from its beginning.
   *
   * @returns false when none was begun
   */
  async followApply(order: Order): Promise<boolean> {
    const workspace = await this.#find();
    const { data: runs } = workspace
      ? await this.#api.get(
          `/workspaces/${workspace}/runs?page%5Bsize%5D=50`,
          runsShape,
        )
      : { data: [] };
    // The newest comes first.
    const begun = runs.find(
      run => run.attributes.message === messageOf(order) && isConfirmed(run),
    );
    if (!begun) return false;
    await this.#followApply(begun);
    return true;
  }

  /** Removes the workspace, as long as its state has nothing in it. */
  async remove(): Promise<void> {
    const id = await this.#find();
    if (id) await this.#api.act(`/workspaces/${id}/actions/safe-delete`);
  }

  async #find(): Promise<string | undefined> {
    const found = await this.#api.find(
      `/organizations/${this.#organization}/workspaces/${this.name}`,
      workspaceShape,
    );
    return found?.data.id;
  }

  async #make({ resource }: Order): Promise<string> {
    const { data } = await this.#api.post(
      `/organizations/${this.#organization}/workspaces`,
      {
        type: 'workspaces',
        attributes: {
          name: this.name,
          description: `${resource.name} in ${resource.environment}, for ${resource.owner}. Waymark made it, and runs it.`,
          'execution-mode': 'remote',
          'auto-apply': false,
        },
        ...(this.#project && {
          relationships: {
            project: { data: { type: 'projects', id: this.#project } },
          },
        }),
      },
      workspaceShape,
    );
    return data.id;
  }

  async #upload(
    workspace: string,
    module: Module,
    root: RootModule,
    purpose: 'save' | 'look',
  ): Promise<string> {
    const { data } = await this.#api.post(
      `/workspaces/${workspace}/configuration-versions`,
      {
        type: 'configuration-versions',
        attributes: {
          'auto-queue-runs': false,
          speculative: purpose === 'look',
        },
      },
      configurationShape,
    );
    const address = data.attributes['upload-url'];
    if (!address) throw new Error('HCP Terraform gave no address to upload to');
    await this.#api.upload(address, await packed(module, root));
    for (;;) {
      this.#tools.signal.throwIfAborted();
      const { attributes } = (
        await this.#api.get(
          `/configuration-versions/${data.id}`,
          configurationShape,
        )
      ).data;
      if (attributes.status === 'uploaded') return data.id;
      if (attributes.status === 'errored') {
        throw new CommandError('upload', [attributes['error-message'] ?? '']);
      }
      await this.#api.pause();
    }
  }

  async #followApply(run: CloudRun): Promise<void> {
    const end = await this.#follow(run, 'apply').catch(error => {
      if (!(error instanceof ServiceUnavailableError)) throw error;
      throw new InterruptedError(
        `The portal lost sight of the run ${run.id} of the workspace ${this.name}: ${error.message}. Look there how it ended, then try again or destroy it.`,
      );
    });
    if (end.attributes.status !== 'force_canceled') return;
    throw new InterruptedError(
      `The run ${run.id} of the workspace ${this.name} was cancelled by force: what it made last may not stand in the state. Look for what carries the tag of this request, then try again or destroy it.`,
    );
  }

  /** Sees a run through a phase, and shows what it says as it comes. */
  async #follow(begun: CloudRun, phase: Phase): Promise<CloudRun> {
    const log = new PhaseLog(this.#api, this.#tools);
    let isCancelled = false;
    for (let run = begun; ; ) {
      const { status } = run.attributes;
      const isOver = ends[phase].includes(status) || status in broken;
      const of = run.relationships[phase]?.data.id;
      if (of)
        await log.read(`/${phase === 'plan' ? 'plans' : 'applies'}/${of}`);
      if (status === 'force_canceled' && phase === 'apply') return run;
      if (isOver && status in broken) {
        const why = log.errors.length > 0 ? log.errors : [broken[status]];
        throw new CommandError(phase, why);
      }
      if (isOver) return run;
      const { signal } = this.#tools;
      // Another portal follows what is being applied.
      if (phase === 'apply' && signal.reason instanceof HandedOnError) {
        throw signal.reason;
      }
      if (signal.aborted && !isCancelled) {
        isCancelled = true;
        this.#tools.log(
          'Asked HCP Terraform to stop where nothing is half done',
        );
        // It may have ended at this very moment.
        await this.#api.act(`/runs/${run.id}/actions/cancel`).catch(() => {});
      }
      await this.#api.pause();
      run = (await this.#api.get(`/runs/${run.id}`, runShape)).data;
    }
  }
}
