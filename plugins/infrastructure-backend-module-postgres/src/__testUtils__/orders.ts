import { randomBytes } from 'node:crypto';
import type { Order, RunTools } from '@waymark/plugin-infrastructure-node';

/** What an engine told of a run. */
export type Told = RunTools & {
  steps: string[];
  lines: string[];
  secrets: string[];
};

/** Tools that keep what they are told. */
export function tools(signal = new AbortController().signal): Told {
  const steps: string[] = [];
  const lines: string[] = [];
  const secrets: string[] = [];
  return {
    signal,
    steps,
    lines,
    secrets,
    log: line => lines.push(line),
    // This engine keeps nothing of its own.
    state: async () => {
      throw new Error('No state');
    },
    conceal: secret => secrets.push(secret),
    step: async title => {
      steps.push(title);
    },
  };
}

/** A name that nothing else on the server has. */
export function freshName(): string {
  return `orders-${randomBytes(4).toString('hex')}`;
}

/** An order for a database in staging, of a resource of its own. */
export function orderFor(
  name = freshName(),
  change: Partial<Omit<Order, 'resource'>> & {
    resource?: Partial<Order['resource']>;
    connections?: number;
  } = {},
): Order {
  const { resource, connections, ...rest } = change;
  return {
    requestId: `req-${name}`,
    settings: { server: 'shared' },
    parameters: { connections: connections ?? 5, storageGb: 5, backups: true },
    tags: {},
    wanted: 'present',
    ...rest,
    resource: {
      id: `res-${name}`,
      name,
      environment: 'staging',
      owner: 'group:default/ledger',
      ...resource,
    },
  };
}

/** Credentials out of what an engine gave. */
export function credentialsIn(outputs: Record<string, string>) {
  const { user, password, database } = outputs;
  return { user, password, database };
}
