import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { until } from './until.ts';
import { createWorld, type Replica, type World } from './world.ts';

const repository = path.resolve(import.meta.dirname, '../../../../..');

/** Terraform or OpenTofu, where one is on this machine. */
export const terraform = ['terraform', 'tofu'].find(name => {
  try {
    execFileSync(name, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

/**
 * A module that writes a line for each time it really makes or removes
 * something, in a file that no state knows: what was done twice stands there
 * twice. It takes long enough for a kill to come between.
 */
const ledgerModule = (ledger: string) => `
variable "name" {
  type = string
}

resource "terraform_data" "first" {
  input = var.name
}

resource "terraform_data" "entry" {
  depends_on = [terraform_data.first]
  input      = var.name

  provisioner "local-exec" {
    command = "sleep 0.5; echo made \${self.input} >> ${ledger}; sleep 0.5"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "sleep 0.5; echo removed \${self.input} >> ${ledger}; sleep 0.5"
  }
}

output "entry" {
  value = terraform_data.entry.output
}
`;

/**
 * A module whose note is a file that anybody can change, as anybody can change
 * things in a cloud; what it says stands in another file, which decides the plan.
 */
const noteModule = (folder: string) => `
variable "name" {
  type = string
}

data "local_file" "text" {
  filename = "${folder}/text"
}

resource "local_file" "note" {
  filename = "${folder}/\${var.name}"
  content  = data.local_file.text.content
}

output "file" {
  value = local_file.note.filename
}
`;

/** An offering that has no more than it must. */
const offering = (of: { name: string; module: string; output: string }) =>
  stringify({
    apiVersion: 'waymark.dev/v1',
    kind: 'Offering',
    metadata: {
      name: of.name,
      title: of.name,
      version: '1.0.0',
      summary: 'Something that this test asks for.',
    },
    spec: {
      category: 'storage',
      resourceType: 'file',
      use: { when: ['In this test.'], whenNot: ['Anywhere else.'] },
      environments: ['staging', 'production'],
      engine: { name: 'terraform', settings: { module: of.module } },
      expectedMinutes: 1,
      parameters: {
        type: 'object',
        additionalProperties: false,
        properties: {},
      },
      outputs: [{ name: of.output, title: of.output }],
      quota: { unit: 'entries' },
      price: { items: [] },
      documentation: 'Ask for it in this test.',
      troubleshooting: [{ symptom: 'It fails.', remedy: 'Read the test.' }],
    },
  });

/** Where Terraform finds the provider of files; undefined where it cannot be had. */
async function findProvider(): Promise<string | undefined> {
  if (!terraform) return undefined;
  // Imported only now, because the launcher reads its folders once.
  const { bringLocalProvider } = await import(
    '../../../src/toolchain/terraformProvider.ts'
  );
  return bringLocalProvider().catch(() => undefined);
}

/** Writes what is offered, and says where it is. */
function stock(home: string, provider: string | undefined): object {
  const write = (file: string, text: string) => {
    const place = path.join(home, 'shop', file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text);
    return path.dirname(place);
  };
  const offerings = write(
    'offerings/postgres-database.yaml',
    fs.readFileSync(
      path.join(repository, 'infrastructure/offerings/postgres-database.yaml'),
      'utf8',
    ),
  );
  if (terraform) {
    const ledger = { name: 'ledger-entry', module: 'ledger', output: 'entry' };
    const note = { name: 'note', module: 'note', output: 'file' };
    write('offerings/ledger-entry.yaml', offering(ledger));
    write('offerings/note.yaml', offering(note));
  }
  const lines = path.join(write('ledger/README', ''), 'lines');
  write('modules/ledger/main.tf', ledgerModule(lines));
  write('modules/note/main.tf', noteModule(write('notes/text', 'first')));
  const many = { development: 1_000, staging: 1_000, production: 1_000 };
  return {
    infrastructure: {
      offerings,
      terraform: {
        modules: path.join(home, 'shop', 'modules'),
        ...(provider && { cliConfig: provider }),
      },
      allowances: {
        default: {
          budget: 1_000_000,
          quotas: { databases: many, entries: many },
        },
      },
    },
    waymark: {
      // Several portals start beside Terraform and each other, which takes its time.
      database: { connectTimeout: { seconds: 30 } },
      // Customers look again and again how far theirs are.
      http: { rateLimit: { api: 1_000_000, refused: 100_000 } },
    },
  };
}

/** People who have something to say. */
const people = ['amara', 'jonas', 'priya'] as const;
export type Person = (typeof people)[number];

/** Portals in which people ask for infrastructure, and all that comes of it. */
export class Shop {
  readonly world: World;
  /** Authorises requests as one of the demo people. */
  readonly tokens: Record<Person, string>;
  /** Whether Terraform can make files, which can be changed by hand. */
  readonly hasFiles: boolean;
  /** What answers now. */
  portals: Replica[];
  #started: number;
  #turn = 0;

  private constructor(
    parts: Pick<Shop, 'world' | 'tokens' | 'hasFiles' | 'portals'>,
  ) {
    this.world = parts.world;
    this.tokens = parts.tokens;
    this.hasFiles = parts.hasFiles;
    this.portals = parts.portals;
    this.#started = parts.portals.length;
  }

  /** Starts two portals on one database, where Amara asks and Jonas approves. */
  static async open(): Promise<Shop> {
    let provider: string | undefined;
    const world = await createWorld(async home => {
      provider = await findProvider();
      return stock(home, provider);
    });
    try {
      return await Shop.#openIn(world, provider !== undefined);
    } catch (error) {
      await world.stop();
      throw error;
    }
  }

  static async #openIn(world: World, hasFiles: boolean): Promise<Shop> {
    // Imported only now, because the launcher reads its folders once.
    const { startLocalIssuer } = await import('../../../src/issuer/issuer.ts');
    const { readPeople } = await import('../../../src/people/people.ts');
    const { freePort } = await import('../../../src/ports.ts');
    const { clientId } = await import('../../../src/portal/environment.ts');
    const { loadSecrets } = await import('../../../src/secrets.ts');
    const { signIn } = await import('../../../src/identity/signIn.ts');
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const issuer = await startLocalIssuer({
      port: await freePort(),
      client: {
        id: clientId,
        secret: (await loadSecrets()).clientSecret,
        redirectUri: `${url}/api/auth/oidc/handler/frame`,
      },
      people: await readPeople(),
      database: world.database,
    });
    try {
      const first = await world.startReplica(
        'shop-1',
        { WAYMARK_URL: url, OIDC_METADATA_URL: issuer.metadataUrl },
        port,
      );
      for (const person of people) {
        await until(`the catalog knows ${person}`, async () => {
          const { status } = await fetch(
            `${url}/api/catalog/entities/by-name/user/default/${person}`,
            { headers: world.headers },
          );
          return status === 200;
        });
      }
      const tokens = {
        amara: await signIn(url, 'amara'),
        jonas: await signIn(url, 'jonas'),
        priya: await signIn(url, 'priya'),
      };
      const second = await world.startReplica('shop-2');
      return new Shop({ world, tokens, hasFiles, portals: [first, second] });
    } finally {
      await issuer.stop();
    }
  }

  /** Asks one of the portals as somebody; undefined where nobody answered. */
  async ask<T>(
    as: Person,
    route: string,
    body?: object,
    key?: string,
  ): Promise<{ status: number; body: T } | undefined> {
    if (this.portals.length === 0) return undefined;
    this.#turn += 1;
    const { url } = this.portals[this.#turn % this.portals.length];
    try {
      const response = await fetch(`${url}/api/infrastructure${route}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${this.tokens[as]}`,
          ...(body && { 'content-type': 'application/json' }),
          ...(key && { 'idempotency-key': key }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(40_000),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: (text ? JSON.parse(text) : undefined) as T,
      };
    } catch {
      return undefined;
    }
  }

  /** Kills one of the portals, and starts another in its place. */
  async replace(index: number): Promise<void> {
    const [killed] = this.portals.splice(index, 1);
    killed.process.kill('SIGKILL');
    await killed.ended;
    this.#started += 1;
    this.portals.push(await this.world.startReplica(`shop-${this.#started}`));
  }

  /** A file of the modules. */
  file(...names: string[]): string {
    return path.join(this.world.home, 'shop', ...names);
  }

  /** Lines of the ledger. */
  ledger(): string[] {
    const file = this.file('ledger', 'lines');
    return fs.existsSync(file)
      ? fs.readFileSync(file, 'utf8').trim().split('\n')
      : [];
  }

  /** Process groups of Terraform that are at work. */
  runners(): number[] {
    const folder = path.join(this.world.home, 'data', 'terraform');
    return filesIn(folder)
      .filter(
        file =>
          file.endsWith('.pid') &&
          !fs.existsSync(path.join(folder, file.replace(/\.pid$/, '.result'))),
      )
      .flatMap(file => {
        const text = readIfThere(path.join(folder, file));
        return text ? [Number(text.split('\n')[0])] : [];
      })
      .filter(isAlive);
  }
}

/** Runs end and take their folders with them while one looks: then none is told of, until the next look. */
function filesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder, { recursive: true }).map(String);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [];
  }
}

/** What a file says; nothing where it went with its run. */
function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}
