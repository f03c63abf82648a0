import { ConflictError, InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  Applied,
  Engine,
  EnginePlan,
  Existing,
  Observation,
  Order,
  Reporting,
  RunTools,
  Standing,
} from '@waymark/plugin-infrastructure-node';
import {
  removeAbandonedWork,
  type RepositoryHost,
} from '@waymark/plugin-repositories-node';
import { existsSync } from 'node:fs';
import { changesIn, type Comparison } from './changes';
import type { GitopsSettings } from './config';
import {
  markedIn,
  manifestsOf,
  objectsIn,
  outputsOf,
  readModule,
  readSettings,
  type Module,
} from './manifests';
import { requireFolder, requireSameFolder, survey } from './survey';
import { GitReporting } from './reports/GitReporting';
import { placeOf } from './reports/reading';
import { messageOf, requestLine, resourceLine } from './message';
import { branchOf, PullRequests, type Proposed } from './PullRequests';
import { contentOf, Repository, type Blob, type Edits } from './Repository';

/** An order, understood. */
type Job = {
  order: Order;
  module: Module;
  repository: Repository;
  /** Where the resource's files are, from the top. */
  folder: string;
};

/**
 * Whether a file is the order's to change.
 *
 * @param markedFor - the resource that it says it was made for
 */
function isOurs(
  markedFor: string | undefined,
  { resource, takesOver }: Order,
  isWanted: boolean,
): boolean {
  if (markedFor === resource.id) return true;
  if (!takesOver) return false;
  // What somebody made by hand becomes ours; what is another resource's does not.
  return markedFor ? markedFor === takesOver.markedFor : isWanted;
}

const isThere = (edits: Edits, before: Map<string, Blob>) =>
  [...edits].every(([file, content]) => before.get(file) === content?.blob);

/** What is missing where the commit is all that is made. */
const unreconciled = (repository: string) =>
  `No cluster takes up what is committed to the repository ${repository}: the commit is all that is made.`;

/**
 * Keeps each resource as a folder of manifests in a Git repository, and leaves
 * it to a cluster to become that. A commit says in its last lines which request
 * it is for; before anything is done, that is looked for.
 */
export class GitopsEngine implements Engine {
  readonly name = 'gitops';
  readonly afterInterruption = 'again';
  readonly reporting: Reporting;
  readonly #modules: string;
  readonly #repositories: Map<string, Repository>;
  /** Of the repositories that people merge into. */
  readonly #pullRequests: Map<string, PullRequests>;

  /**
   * Clears what killed processes left in the work folder.
   *
   * @param host - where people are asked to merge, for repositories that want it
   */
  static async create(
    settings: GitopsSettings,
    host?: Pick<RepositoryHost, 'propose'>,
  ): Promise<GitopsEngine> {
    const { workFolder } = settings;
    if (existsSync(workFolder)) await removeAbandonedWork(workFolder);
    return new GitopsEngine(settings, host);
  }

  private constructor(
    settings: GitopsSettings,
    host: Pick<RepositoryHost, 'propose'> | undefined,
  ) {
    const { modules, reports, repositories, workFolder } = settings;
    this.#modules = modules;
    this.#repositories = new Map(
      repositories.map(each => [each.name, new Repository(each, workFolder)]),
    );
    this.#pullRequests = new Map(
      [...this.#repositories].flatMap(([name, repository]) => {
        const { pullRequests: wanted } = repository.settings;
        return wanted
          ? [[name, new PullRequests(wanted, repository, host)]]
          : [];
      }),
    );
    this.reporting = new GitReporting(reports, this.#repositories);
  }

  async unavailable(): Promise<string | undefined> {
    return this.#repositories.size
      ? undefined
      : 'No repository is configured to commit to: infrastructure.gitops.repositories is empty.';
  }

  shortfall(settings: JsonObject): string | undefined {
    const { repository } = readSettings(settings);
    const known = this.#repositories.get(repository)?.settings;
    return known && !known.reconciled ? unreconciled(repository) : undefined;
  }

  checkSettings(settings: JsonObject): void {
    const read = readSettings(settings);
    readModule(this.#modules, read);
    if (this.#repositories.size) this.#repository(read.repository);
  }

  async plan(order: Order, tools: RunTools): Promise<EnginePlan> {
    const job = this.#read(order);
    const { repository, folder } = job;
    const { name, remote, branch } = repository.settings;
    await tools.step(`Compare with ${branch} of ${name}`);
    const compared = await this.#compare(job);
    const changes = await changesIn(job, compared);
    for (const { address, diff } of changes) {
      tools.log(address);
      for (const line of diff?.split('\n') ?? []) tools.log(line);
    }
    const { before, edits } = compared;
    return {
      changes,
      essence: {
        repository: { name, remote, branch },
        folder,
        wanted: order.wanted,
        files: [...edits].map(([file, after]) => ({
          file,
          before: before.get(file) ?? null,
          after: after?.blob ?? null,
        })),
      },
      document: {
        manifests:
          order.wanted === 'present'
            ? [...manifestsOf(job.module, order).values()].flatMap(objectsIn)
            : [],
      },
    };
  }

  async apply(
    order: Order,
    plan: EnginePlan,
    tools: RunTools,
  ): Promise<Applied> {
    const job = this.#read(order);
    const planned = plan.essence.files as {
      file: string;
      before: Blob | null;
    }[];
    return this.#land(job, tools, async compared => {
      const moved = planned.find(
        ({ file, before }) => (compared.before.get(file) ?? null) !== before,
      );
      if (moved && !isThere(compared.edits, compared.before)) {
        throw new ConflictError(
          `Somebody changed ${moved.file} between the plan and now. Nothing was committed; try again, and look at the new plan.`,
        );
      }
    });
  }

  /** A commit of this request that is there has done its part, whatever people made of it since. */
  async resume(order: Order, tools: RunTools): Promise<Applied> {
    const job = this.#read(order);
    const { repository } = job;
    const landed = await repository.find(
      requestLine(order.requestId),
      await repository.tip(),
    );
    if (landed) {
      tools.log(`The commit ${landed} has landed already`);
      return this.#applied(job, landed);
    }
    const { folder } = job;
    const branch = branchOf(folder, order.requestId);
    const pullRequests = this.#pullRequests.get(repository.settings.name);
    const begun = await pullRequests?.begun(order, branch);
    if (pullRequests && begun) {
      const proposed = await pullRequests.ask(order, branch, begun);
      return this.#applied(job, begun, proposed);
    }
    return this.#land(job, tools, async () => {});
  }

  async observe(order: Order): Promise<Observation> {
    const job = this.#read(order);
    const { repository, folder } = job;
    const tip = await repository.tip();
    const now = await repository.files(tip, folder);
    if (now.size === 0) return { state: 'absent' };
    const committed = await repository.find(
      resourceLine(order.resource.id),
      tip,
    );
    // Without it, such as after a merge that squashed its message away, what would be rendered today has to do.
    const wanted: Edits = committed
      ? new Map(
          [...(await repository.files(committed, folder))].map(
            ([file, blob]) => [file, { blob }],
          ),
        )
      : this.#rendered(job);
    const edits: Edits = new Map(
      [...wanted].filter(([file, content]) => now.get(file) !== content?.blob),
    );
    if (edits.size === 0) return { state: 'asWanted' };
    return {
      state: 'drifted',
      changes: await changesIn(job, { tip, edits, before: now }),
    };
  }

  checkExisting(existing: Existing[]): void {
    requireFolder(existing);
  }

  async survey(settings: JsonObject): Promise<Standing[]> {
    const { module, repository } = readSettings(settings);
    return survey(this.#repository(repository), module);
  }

  #repository(name: string): Repository {
    const repository = this.#repositories.get(name);
    if (repository) return repository;
    throw new InputError(
      `The offering wants the repository "${name}", which infrastructure.gitops.repositories does not have; it has ${
        [...this.#repositories.keys()].join(', ') || 'none'
      }.`,
    );
  }

  #read(order: Order): Job {
    const settings = readSettings(order.settings);
    const module = readModule(this.#modules, settings);
    const repository = this.#repository(settings.repository);
    const { environment, name } = order.resource;
    const folder = [repository.settings.path, environment, module.name, name]
      .filter(Boolean)
      .join('/');
    requireSameFolder(order, folder);
    return { order, module, repository, folder };
  }

  /** The files that the resource is to have. */
  #rendered({ order, module, folder }: Job): Edits {
    return new Map(
      [...manifestsOf(module, order)].map(([file, text]) => [
        `${folder}/${file}`,
        contentOf(text),
      ]),
    );
  }

  /** @throws ConflictError when somebody else's files are in the way */
  async #compare(job: Job, tip?: string): Promise<Comparison> {
    const { order, repository, folder } = job;
    const at = tip ?? (await repository.tip());
    const before = await repository.files(at, folder);
    const edits: Edits =
      order.wanted === 'present' ? this.#rendered(job) : new Map();
    const found = [...before];
    const texts = await repository.texts(found.map(([, blob]) => blob));
    for (const [index, [file]] of found.entries()) {
      const isWanted = edits.has(file);
      const isOwn = isOurs(markedIn(texts[index]), order, isWanted);
      if (!isOwn && isWanted) {
        throw new ConflictError(
          `${file} of ${repository.settings.name} was not made for this resource. Remove it, or choose another name.`,
        );
      }
      // What people put beside the portal's files stays.
      if (isOwn && !isWanted) edits.set(file, null);
    }
    return { tip: at, edits, before };
  }

  async #land(
    job: Job,
    tools: RunTools,
    check: (compared: Comparison) => Promise<void>,
  ): Promise<Applied> {
    const { order, repository } = job;
    const { branch, name } = repository.settings;
    const propose = async (tip: string) => {
      const compared = await this.#compare(job, tip);
      if (isThere(compared.edits, compared.before)) return undefined;
      await check(compared);
      return { edits: compared.edits, message: messageOf(order) };
    };
    const pullRequests = this.#pullRequests.get(name);
    if (pullRequests) return this.#propose(job, tools, pullRequests, propose);
    await tools.step(`Commit to ${branch} of ${name}`);
    const commit = await repository.land(propose, tools.signal);
    tools.log(`${branch} of ${name} has it with ${commit}`);
    return this.#applied(job, commit);
  }

  /** Leaves the last step to people. */
  async #propose(
    job: Job,
    tools: RunTools,
    pullRequests: PullRequests,
    propose: Parameters<Repository['offer']>[1],
  ): Promise<Applied> {
    const { order, repository, folder } = job;
    const { branch: into, name } = repository.settings;
    const branch = branchOf(folder, order.requestId);
    await tools.step(`Ask for a merge into ${into} of ${name}`);
    const offered = await repository.offer(branch, propose, tools.signal);
    const { commit } = offered;
    if (!offered.isOffered) {
      tools.log(`${into} of ${name} has it already, with ${commit}`);
      return this.#applied(job, commit);
    }
    const proposed = await pullRequests.ask(order, branch, commit);
    tools.log(
      `Merging ${branch} brings it about${
        proposed.address ? `: ${proposed.address}` : ''
      }`,
    );
    return this.#applied(job, commit, proposed);
  }

  #applied(job: Job, commit: string, proposed?: Proposed): Applied {
    const { order, module, repository, folder } = job;
    const { branch, commitUrl, name, pullRequests, reconciled } =
      repository.settings;
    const files =
      order.wanted === 'present'
        ? [...this.#rendered(job)].map(([file, content]) => ({
            file,
            blob: content?.blob ?? null,
          }))
        : [];
    const shown = commit.slice(0, 10);
    const where = commitUrl
      ? `${shown} (${commitUrl.replaceAll('{commit}', commit)})`
      : shown;
    const outputs = order.wanted === 'present' ? outputsOf(module, order) : {};
    const committed = `Committed to ${branch} of ${name} as ${where}`;
    if (!reconciled) {
      return { outputs, remark: `${committed}. ${unreconciled(name)}` };
    }
    return {
      outputs,
      handover: {
        place: placeOf(name, folder),
        ...(proposed && { patienceMs: pullRequests?.patienceMs }),
        waitsFor: proposed
          ? `Waiting for people to merge ${
              proposed.address ?? `the branch ${proposed.branch}`
            } into ${branch} of ${name}, and then for Argo CD or Flux to report.`
          : `${committed}; waiting for Argo CD or Flux to report.`,
        content: {
          commit,
          folder,
          files,
          resource: order.resource.id,
          ...(proposed && { proposed }),
        },
      },
    };
  }
}
