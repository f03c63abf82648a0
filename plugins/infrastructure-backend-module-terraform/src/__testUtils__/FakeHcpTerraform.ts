import { execFile } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { extract } from 'tar';

const run = promisify(execFile);

type Workspace = { id: string; name: string; state?: string };
type Run = {
  id: string;
  message: string;
  status: string;
  workspace: Workspace;
  folder: string;
  isDestroy: boolean;
  isSaved: boolean;
  confirmedAt: string | null;
  /** Of the state that was planned upon. */
  before: string | undefined;
  logs: { plan: string; apply: string };
  process?: ReturnType<typeof execFile>;
};
type Answer = { status: number; json?: object; text?: string | Buffer };

type Body = {
  attributes?: Record<string, unknown>;
  relationships?: Record<string, { data: { id: string } }>;
};

const environment = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  TF_CLI_CONFIG_FILE: '/dev/null',
  CHECKPOINT_DISABLE: '1',
};
const missing: Answer = {
  status: 404,
  json: { errors: [{ title: 'not found' }] },
};
const conflict = { errors: [{ title: 'transition not allowed' }] };

/** A run as the API describes it. */
function described({ id, status, message, confirmedAt }: Run) {
  return {
    id,
    attributes: {
      status,
      message,
      'status-timestamps': confirmedAt ? { 'confirmed-at': confirmedAt } : {},
    },
    relationships: {
      plan: { data: { id: `plan-${id}` } },
      apply: { data: { id: `apply-${id}` } },
    },
  };
}

/**
 * A fake of HCP Terraform: the part of its API that the portal uses, by its
 * documentation, over Terraform itself. Workspaces, runs and states live as
 * long as it does; there are no organizations, policies or agents.
 */
export class FakeHcpTerraform {
  readonly token = 'a-team-token';
  readonly workspaces = new Map<string, Workspace>();
  readonly runs: Run[] = [];
  /** What the next questions are answered with, before anything else. */
  readonly troubles: number[] = [];
  readonly #folder: string;
  readonly #executable: string;
  readonly #uploads = new Map<string, Buffer>();
  readonly #server = http.createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', chunk => chunks.push(chunk));
    req.on('end', () => {
      this.#answer(req, Buffer.concat(chunks)).then(
        ({ status, json, text }) =>
          res
            .writeHead(status, { 'content-type': 'application/vnd.api+json' })
            .end(json ? JSON.stringify(json) : text),
        error => res.writeHead(500).end(String(error)),
      );
    });
  });

  constructor(folder: string, executable: string) {
    this.#folder = folder;
    this.#executable = executable;
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The only workspace. */
  get only(): Workspace {
    return [...this.workspaces.values()][0];
  }

  async #answer(req: http.IncomingMessage, bytes: Buffer): Promise<Answer> {
    const url = new URL(req.url ?? '/', this.address);
    const trouble = this.troubles.shift();
    if (trouble) return { status: trouble };
    const [, kept] = /^\/archive\/(.+)$/.exec(url.pathname) ?? [];
    if (kept) return this.#archive(req.method ?? '', kept, bytes);
    if (req.headers.authorization !== `Bearer ${this.token}`) {
      return { status: 401, json: { errors: [{ title: 'unauthorized' }] } };
    }
    const body = bytes.length ? JSON.parse(bytes.toString()) : {};
    const route = `${req.method} ${url.pathname.replace('/api/v2', '')}`;
    return this.#api(route, body.data ?? {});
  }

  /** Addresses that carry their own permission. */
  #archive(method: string, name: string, bytes: Buffer): Answer {
    if (method === 'PUT') {
      this.#uploads.set(name, bytes);
      return { status: 200 };
    }
    const [id, phase] = name.split('/');
    const log = this.#run(id)?.logs[phase as 'plan' | 'apply'];
    return log === undefined
      ? { status: 404 }
      : { status: 200, text: `\u0002${log}\u0003` };
  }

  #run(id: string): Run | undefined {
    return this.runs.find(each => each.id === id);
  }

  async #api(route: string, data: Body): Promise<Answer> {
    const [, what, id = '', rest = ''] =
      /^\w+ \/([\w-]+)\/?([\w-]*)\/?(.*)$/.exec(route) ?? [];
    const found = this.#run(id.replace(/^(plan|apply)-/, ''));
    switch (what) {
      case 'organizations':
        return this.#organization(route, id, rest, data);
      case 'workspaces':
        return this.#workspace(id, rest);
      case 'configuration-versions':
        return { status: 200, json: this.#configuration(id) };
      case 'runs':
        if (route === 'POST /runs') return this.#queue(data);
        if (!found) return missing;
        if (rest === 'actions/apply') return this.#apply(found);
        if (rest === 'actions/cancel') {
          found.process?.kill('SIGINT');
          return { status: 202 };
        }
        return { status: 200, json: { data: described(found) } };
      case 'plans':
      case 'applies': {
        if (!found) return missing;
        if (rest === 'json-output') {
          return { status: 200, text: await this.#planOf(found) };
        }
        const phase = what === 'plans' ? 'plan' : 'apply';
        const address = `${this.address}/archive/${found.id}/${phase}`;
        return {
          status: 200,
          json: { data: { attributes: { 'log-read-url': address } } },
        };
      }
      case 'states': {
        const { state } = this.#workspaceOf(id) ?? {};
        return state ? { status: 200, text: state } : missing;
      }
      default:
        return { status: 500, json: { errors: [{ title: `${route}?` }] } };
    }
  }

  #workspaceOf(id: string): Workspace | undefined {
    return [...this.workspaces.values()].find(each => each.id === id);
  }

  #organization(route: string, id: string, rest: string, data: Body): Answer {
    if (id !== 'larkspur') return missing;
    if (rest === '') return { status: 200, json: { data: { id } } };
    if (route.startsWith('POST')) {
      const name = String(data.attributes?.name);
      const workspace = { id: `ws-${this.workspaces.size + 1}`, name };
      this.workspaces.set(name, workspace);
      return { status: 201, json: { data: workspace } };
    }
    const workspace = this.workspaces.get(rest.replace('workspaces/', ''));
    return workspace ? { status: 200, json: { data: workspace } } : missing;
  }

  #workspace(id: string, rest: string): Answer {
    const workspace = this.#workspaceOf(id);
    if (!workspace) return missing;
    if (rest === 'configuration-versions') {
      const made = `cv-${this.#uploads.size + 1}`;
      this.#uploads.set(made, Buffer.alloc(0));
      return { status: 201, json: this.#configuration(made) };
    }
    if (rest === 'runs') {
      const own = this.runs.filter(each => each.workspace === workspace);
      return { status: 200, json: { data: own.reverse().map(described) } };
    }
    if (rest === 'actions/safe-delete') {
      const { resources } = JSON.parse(workspace.state ?? '{}');
      if (resources?.length) return { status: 409, json: conflict };
      this.workspaces.delete(workspace.name);
      return { status: 204 };
    }
    if (rest === 'current-state-version' && workspace.state) {
      const address = `${this.address}/api/v2/states/${id}`;
      const attributes = { 'hosted-state-download-url': address };
      return { status: 200, json: { data: { attributes } } };
    }
    return missing;
  }

  #configuration(id: string) {
    const isThere = (this.#uploads.get(id)?.length ?? 0) > 0;
    return {
      data: {
        id,
        attributes: {
          status: isThere ? 'uploaded' : 'pending',
          'upload-url': `${this.address}/archive/${id}`,
        },
      },
    };
  }

  async #queue({ attributes = {}, relationships }: Body): Promise<Answer> {
    const workspace = this.#workspaceOf(relationships?.workspace.data.id ?? '');
    if (!workspace) return missing;
    const id = `run-${this.runs.length + 1}`;
    const folder = path.join(this.#folder, id);
    fs.mkdirSync(folder, { recursive: true });
    const upload = relationships?.['configuration-version'].data.id ?? '';
    const archive = path.join(this.#folder, `${id}.tar.gz`);
    fs.writeFileSync(archive, this.#uploads.get(upload) ?? '');
    await extract({ file: archive, cwd: folder });
    const queued: Run = {
      id,
      workspace,
      folder,
      message: String(attributes.message),
      status: 'planning',
      isDestroy: attributes['is-destroy'] === true,
      isSaved: attributes['save-plan'] === true,
      confirmedAt: null,
      before: workspace.state,
      logs: { plan: '', apply: '' },
    };
    this.runs.push(queued);
    void this.#plan(queued);
    return { status: 201, json: { data: described(queued) } };
  }

  async #plan(queued: Run): Promise<void> {
    const { folder, isDestroy, before } = queued;
    if (before) {
      fs.writeFileSync(path.join(folder, 'terraform.tfstate'), before);
    }
    const isDone =
      (await this.#terraform(queued, 'plan', ['init', '-no-color'])) &&
      (await this.#terraform(queued, 'plan', [
        'plan',
        '-json',
        '-out=plan.bin',
        ...(isDestroy ? ['-destroy'] : []),
      ]));
    if (!isDone) queued.status = 'errored';
    else if (!queued.isSaved) queued.status = 'planned_and_finished';
    else {
      const { resource_changes: changes = [] } = JSON.parse(
        await this.#planOf(queued),
      );
      const isOpen = changes.some(
        ({ change }: { change: { actions: string[] } }) =>
          change.actions[0] !== 'no-op',
      );
      queued.status = isOpen ? 'planned_and_saved' : 'planned_and_finished';
    }
  }

  #apply(saved: Run): Answer {
    const isStale = saved.before !== saved.workspace.state;
    if (saved.status === 'planned_and_saved' && isStale) {
      saved.status = 'discarded';
    }
    if (saved.status !== 'planned_and_saved') {
      return { status: 409, json: conflict };
    }
    saved.status = 'applying';
    saved.confirmedAt = new Date().toISOString();
    void this.#terraform(saved, 'apply', ['apply', '-json', 'plan.bin']).then(
      isDone => {
        const state = path.join(saved.folder, 'terraform.tfstate');
        if (fs.existsSync(state)) {
          saved.workspace.state = fs.readFileSync(state, 'utf8');
        }
        saved.status = isDone ? 'applied' : 'errored';
      },
    );
    return { status: 202 };
  }

  async #planOf({ folder }: Run): Promise<string> {
    const { stdout } = await run(
      this.#executable,
      ['show', '-json', 'plan.bin'],
      { cwd: folder, env: environment },
    );
    return stdout;
  }

  /** Runs a command, with its log as it comes. Whether it did what it should. */
  #terraform(of: Run, phase: 'plan' | 'apply', args: string[]) {
    return new Promise<boolean>(resolve => {
      of.process = execFile(
        this.#executable,
        args,
        { cwd: of.folder, env: environment },
        error => resolve(!error),
      );
      of.process.stdout?.on('data', text => {
        of.logs[phase] += text;
      });
    });
  }
}
