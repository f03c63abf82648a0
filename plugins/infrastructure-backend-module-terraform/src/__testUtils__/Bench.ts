import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  HandedOnError,
  type Order,
  type RunTools,
} from '@waymark/plugin-infrastructure-node';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { CloudEngine } from '../cloud/CloudEngine';
import type { CloudSettings, TerraformSettings } from '../config';
import { TerraformEngine } from '../TerraformEngine';
import type { StateServer } from './StateServer';

/** Whether there is a Terraform to test with, and where. */
export const executable = ['terraform', 'tofu'].find(name => {
  try {
    execFileSync(name, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

/** A module of the built-in provider: what it makes is in the state alone. */
const files = {
  VERSION: '1.2.0\n',
  'main.tf': `
variable "name" {
  type = string
}

variable "size_gb" {
  type = number
}

variable "fail" {
  type    = bool
  default = false
}

variable "pause" {
  type    = number
  default = 0
}

variable "tags" {
  type = map(string)
}

resource "terraform_data" "disk" {
  input = { name = var.name, size = var.size_gb, tags = var.tags }
}

resource "terraform_data" "password" {
  input = sensitive("hunter2-\${var.name}")
}

resource "terraform_data" "last" {
  depends_on = [terraform_data.disk]

  provisioner "local-exec" {
    command = "echo at work > ../../working; sleep \${var.pause}; test \${var.fail} = false"
  }
}

output "disk_name" {
  value = terraform_data.disk.output.name
}

output "admin_password" {
  value     = terraform_data.password.output
  sensitive = true
}
`,
};

/** What an engine told of a run. */
export type Told = RunTools & {
  steps: string[];
  lines: string[];
  secrets: string[];
  abort(): void;
  /** What a backend does that goes down, or that lost the run. */
  handOn(): void;
};

/** Folders, a module and an engine, with a state server that the test starts. */
export class Bench {
  readonly #folder = createMockDirectory({
    content: { modules: { disk: files }, work: {} },
  });
  readonly #server: StateServer;

  constructor(server: StateServer) {
    this.#server = server;
  }

  engine(environment: Record<string, string> = {}): TerraformEngine {
    return TerraformEngine.create(this.#settings(environment));
  }

  /** An engine whose Terraform runs elsewhere. */
  cloud(cloud: CloudSettings): CloudEngine {
    return CloudEngine.create(this.#settings(), cloud);
  }

  #settings(environment: Record<string, string> = {}): TerraformSettings {
    return {
      modules: this.#folder.resolve('modules'),
      workFolder: this.#folder.resolve('work'),
      infracost: { executable: 'no-such-infracost' },
      environment: {
        TF_HTTP_RETRY_WAIT_MIN: '1',
        TF_HTTP_RETRY_WAIT_MAX: '1',
        ...environment,
      },
    };
  }

  /** Changes the module, as its author does. */
  appendToModule(text: string): void {
    fs.appendFileSync(this.#folder.resolve('modules/disk/main.tf'), text);
  }

  /** All files that runs left behind. */
  left(order: Order): string[] {
    const folder = this.folderOf(order);
    return fs.existsSync(folder)
      ? fs.readdirSync(folder, { recursive: true }).map(String)
      : [];
  }

  folderOf(order: Order): string {
    return this.#folder.resolve('work', order.resource.id);
  }

  /** Waits until the apply of an order is in its slow part; gives its process group. */
  async untilAtWork(order: Order): Promise<number> {
    const folder = this.folderOf(order);
    const sign = path.join(folder, 'working');
    const deadline = Date.now() + 30_000;
    while (!fs.existsSync(sign)) {
      if (Date.now() > deadline) throw new Error('It never began');
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    fs.rmSync(sign);
    const pid = path.join(folder, order.requestId, 'apply', 'apply.pid');
    return Number(fs.readFileSync(pid, 'utf8').split('\n')[0]);
  }

  tools(): Told {
    const abort = new AbortController();
    const told = {
      steps: [] as string[],
      lines: [] as string[],
      secrets: [] as string[],
      signal: abort.signal,
      abort: () => abort.abort(),
      handOn: () => abort.abort(new HandedOnError('Somebody else goes on')),
      log: (line: string) => told.lines.push(line),
      conceal: (secret: string) => told.secrets.push(secret),
      step: async (title: string) => {
        told.steps.push(title);
      },
      state: async (access: 'read' | 'write') => this.#server.access(access),
    };
    return told;
  }

  order(
    parameters: Order['parameters'] = {},
    change: Partial<Order> = {},
  ): Order {
    return {
      requestId: randomUUID(),
      resource: {
        id: randomUUID(),
        name: 'orders',
        environment: 'staging',
        owner: 'group:default/ledger',
      },
      settings: { module: 'disk', version: '1.2.0' },
      parameters: { sizeGb: 5, unknownToTheModule: 1, ...parameters },
      tags: { team: 'ledger' },
      wanted: 'present',
      ...change,
    };
  }
}
