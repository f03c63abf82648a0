import {
  createMockDirectory,
  mockErrorHandler,
} from '@backstage/backend-test-utils';
import type { StateAccess } from '@waymark/plugin-infrastructure-node';
import express from 'express';
import type { Knex } from 'knex';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { useDatabases } from '../__testUtils__/databases';
import { Cipher } from '../encryption/Cipher';
import { StateGrants } from './StateGrants';
import { createStateRouter } from './stateRouter';
import { StateService } from './StateService';
import { StateStore } from './StateStore';

jest.setTimeout(120_000);

const run = promisify(execFile);
const program = ['terraform', 'tofu'].find(name => {
  try {
    execFileSync(name, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});
const withTerraform = program ? describe : describe.skip;

const databases = useDatabases();
const folder = createMockDirectory();
let knex: Knex;
let grants: StateGrants;
let server: http.Server;
/** Whether the portal answers; a replica that starts anew does not. */
let isAway = false;

beforeAll(async () => {
  knex = await databases.init();
  const app = express();
  server = http.createServer(app);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  grants = new StateGrants({
    knex,
    baseUrl: async () => `http://127.0.0.1:${port}`,
  });
  app.use((_req, res, next) => (isAway ? res.status(503).end() : next()));
  app.use(
    createStateRouter({
      grants,
      states: StateService.create({
        store: new StateStore(knex),
        cipher: new Cipher([{ id: 'k1', secret: 'a secret' }]),
      }),
    }),
  );
  app.use(mockErrorHandler());
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

/** A folder with a module that waits for a file `go` before its last resource is there. */
function workspace(options: { input?: string; waits?: boolean } = {}): string {
  const { input = 'one', waits = false } = options;
  const name = randomUUID();
  folder.addContent({
    [name]: {
      'main.tf': `
        terraform {
          backend "http" {}
        }
        resource "terraform_data" "first" {
          input = "${input}"
        }
        resource "terraform_data" "last" {
          depends_on = [terraform_data.first]
          provisioner "local-exec" {
            command = "touch begun; ${
              waits ? 'until test -f go; do sleep 0.05; done' : 'true'
            }"
          }
        }`,
    },
  });
  return folder.resolve(name);
}

const environment = (access: StateAccess) => ({
  PATH: process.env.PATH,
  HOME: '/tmp',
  TF_CLI_CONFIG_FILE: '/dev/null',
  CHECKPOINT_DISABLE: '1',
  TF_HTTP_ADDRESS: access.address,
  TF_HTTP_LOCK_ADDRESS: access.address,
  TF_HTTP_UNLOCK_ADDRESS: access.address,
  TF_HTTP_USERNAME: access.username,
  TF_HTTP_PASSWORD: access.password,
  TF_HTTP_RETRY_WAIT_MIN: '1',
  TF_HTTP_RETRY_WAIT_MAX: '1',
  TF_HTTP_RETRY_MAX: '20',
});

/** Runs a command to its end; gives what it says. */
async function terraform(cwd: string, access: StateAccess, ...args: string[]) {
  const options = { cwd, env: environment(access) };
  return run(String(program), args, options).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }) => {
      throw new Error(`${stdout}${stderr}`.replace(/\s+/g, ' '));
    },
  );
}

const write = (resourceId: string, holder: string = randomUUID()) =>
  grants.issue({ resourceId, holder, access: 'write' });

async function applied(cwd: string, access: StateAccess): Promise<string> {
  await terraform(cwd, access, 'init', '-input=false');
  return terraform(cwd, access, 'apply', '-auto-approve', '-input=false');
}

/** Waits until something is so. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('It never was so');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

withTerraform('Terraform on this state', () => {
  it('plans, applies, finds what changed, and destroys', async () => {
    const resource = randomUUID();
    const cwd = workspace();
    expect(await applied(cwd, await write(resource))).toContain('2 added');
    const read = await grants.issue({
      resourceId: resource,
      holder: randomUUID(),
      access: 'read',
    });
    // Another folder, as the next run has it, and credentials that cannot lock.
    const next = workspace({ input: 'two' });
    await terraform(next, read, 'init', '-input=false');
    const plan = await terraform(next, read, 'plan', '-lock=false');
    expect(plan).toContain('0 to add, 1 to change, 0 to destroy');
    await expect(terraform(next, read, 'plan')).rejects.toThrow(
      /Error acquiring the state lock/,
    );
    const last = await write(resource);
    expect(
      await terraform(next, last, 'apply', '-destroy', '-auto-approve'),
    ).toContain('2 destroyed');
    const versions = await knex('state_versions').where({
      resource_id: resource,
    });
    expect(versions.length).toBeGreaterThanOrEqual(2);
  });

  it('lets one at a time, and the next as soon as a killed run has ended', async () => {
    const resource = randomUUID();
    const holder = randomUUID();
    const access = await write(resource, holder);
    const cwd = workspace({ waits: true });
    await terraform(cwd, access, 'init', '-input=false');
    const killed = spawn(String(program), ['apply', '-auto-approve'], {
      cwd,
      env: environment(access) as NodeJS.ProcessEnv,
      stdio: 'ignore',
      detached: true,
    });
    const gone = new Promise(resolve => killed.once('exit', resolve));
    await until(() => fs.existsSync(`${cwd}/begun`));
    const other = workspace();
    const next = await write(resource);
    await expect(applied(other, next)).rejects.toThrow(
      /Error acquiring the state lock.*Who:/,
    );
    process.kill(-Number(killed.pid), 'SIGKILL');
    await gone;
    await expect(applied(other, next)).rejects.toThrow(
      /Error acquiring the state lock/,
    );
    await grants.revoke(holder);
    expect(await applied(other, next)).toContain('Apply complete!');
  });

  it('cannot save what it did once another has taken the lock', async () => {
    const resource = randomUUID();
    const access = await write(resource);
    const cwd = workspace({ waits: true });
    await terraform(cwd, access, 'init', '-input=false');
    const late = terraform(cwd, access, 'apply', '-auto-approve').catch(
      error => error,
    );
    await until(() => fs.existsSync(`${cwd}/begun`));
    await knex('states')
      .where({ resource_id: resource })
      .update({ lock_until: knex.raw(`now() - interval '1 second'`) });
    const other = workspace();
    expect(await applied(other, await write(resource))).toContain('2 added');
    const before = await knex('state_versions').where({
      resource_id: resource,
    });
    fs.writeFileSync(`${cwd}/go`, '');
    expect((await late).message).toMatch(/Failed to (save|persist) state/);
    // What it made is not lost: it lies where it ran.
    expect(fs.existsSync(`${cwd}/errored.tfstate`)).toBe(true);
    expect(
      await knex('state_versions').where({ resource_id: resource }),
    ).toEqual(before);
  });

  it('rides out a portal that is away during an apply', async () => {
    const resource = randomUUID();
    const access = await write(resource);
    const cwd = workspace({ waits: true });
    await terraform(cwd, access, 'init', '-input=false');
    const running = terraform(cwd, access, 'apply', '-auto-approve');
    await until(() => fs.existsSync(`${cwd}/begun`));
    isAway = true;
    let turnedAway = 0;
    const count = () => {
      turnedAway += 1;
      if (turnedAway > 1) isAway = false;
    };
    server.on('request', count);
    fs.writeFileSync(`${cwd}/go`, '');
    expect(await running).toContain('Apply complete!');
    server.off('request', count);
    expect(turnedAway).toBeGreaterThan(1);
    expect(await terraform(cwd, access, 'state', 'list')).toContain(
      'terraform_data.last',
    );
  });
});
