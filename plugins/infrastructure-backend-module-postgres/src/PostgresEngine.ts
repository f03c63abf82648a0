import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  Applied,
  Engine,
  EnginePlan,
  Existing,
  Observation,
  Order,
  RunTools,
  Standing,
} from '@waymark/plugin-infrastructure-node';
import { z } from 'zod';
import { compare, compareToNothing } from './compare';
import type { PostgresServer } from './config';
import { inspect, requireOwn, type Found } from './inspect';
import { writeMark } from './mark';
import { namesOf, type Names } from './names';
import { Lookout } from './Lookout';
import { makePassword } from './password';
import { provision, remove } from './provision';
import { survey } from './survey';
import {
  checkNamed,
  handOver,
  handover,
  requireTakeable,
  takenOverBy,
} from './takeOver';
import { connect, Session, type Connect } from './Session';

const settingsShape = z.strictObject({ server: z.string() });
const parametersShape = z.object({
  connections: z.number().int().min(1).max(10_000),
  backups: z.boolean().optional(),
});

function read<T>(shape: z.ZodType<T>, value: unknown, what: string): T {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  throw new InputError(`${what}: ${z.prettifyError(result.error)}`);
}

/** An order, understood. */
type Job = {
  order: Order;
  server: PostgresServer;
  names: Names;
  connections: number;
  backups?: boolean;
  takesOver: boolean;
};

/** The server, by way of the database itself. */
function inside({ server, names }: Job): PostgresServer {
  const { database } = names;
  return { ...server, connection: { ...server.connection, database } };
}

/**
 * Gives every resource a database, a role that owns it and a role that logs in,
 * on a server that is shared. Everything it makes carries a comment that names
 * request and resource; it changes nothing that carries another.
 */
export class PostgresEngine implements Engine {
  readonly name = 'postgres';
  readonly afterInterruption = 'again';
  readonly #servers: Map<string, PostgresServer>;
  readonly #connect: Connect;
  readonly #lookout: Lookout;

  static create(options: {
    servers: PostgresServer[];
    connect?: Connect;
  }): PostgresEngine {
    return new PostgresEngine(options.servers, options.connect ?? connect);
  }

  private constructor(servers: PostgresServer[], open: Connect) {
    this.#servers = new Map(servers.map(server => [server.name, server]));
    this.#connect = open;
    this.#lookout = new Lookout(open);
  }

  async unavailable(): Promise<string | undefined> {
    return this.#servers.size
      ? undefined
      : 'No PostgreSQL server is configured: infrastructure.postgres.servers is empty.';
  }

  checkSettings(settings: JsonObject): void {
    this.#serverOf(settings);
  }

  async plan(order: Order, tools: RunTools): Promise<EnginePlan> {
    const job = this.#read(order);
    const changes = await this.#look(job, tools, found => {
      if (order.wanted === 'absent') return compareToNothing(found, job.names);
      const planned = compare(found, job);
      if (job.takesOver) {
        requireTakeable(found, job);
        return [...planned, ...handover(found, job.names)];
      }
      return found.login ? [...planned, newPassword(job.names)] : planned;
    });
    const { host, port } = job.server.connection;
    return {
      changes,
      essence: {
        server: { name: job.server.name, host, port },
        ...job.names,
        wanted: order.wanted,
        ...(order.wanted === 'present' && { connections: job.connections }),
        changes,
      },
    };
  }

  async apply(
    order: Order,
    _plan: EnginePlan,
    tools: RunTools,
  ): Promise<Applied> {
    const job = this.#read(order);
    const { names, server, connections } = job;
    const password = makePassword();
    let keepsPassword = false;
    tools.conceal(password.clear);
    tools.conceal(password.verifier);
    await tools.step(`Connection to the server ${server.name}`);
    await this.#session(job, tools, async session => {
      await session.lock(names.database);
      const found = await this.#inspect(session, job);
      keepsPassword = job.takesOver && found.login !== undefined;
      if (order.wanted === 'absent') {
        await remove(session, found, { names, tools });
        tools.log(`Nothing of ${names.database} is on ${server.name} any more`);
        return;
      }
      await provision(session, found, {
        names,
        connections,
        // Whoever uses what is taken over goes on with the password they have.
        verifier: keepsPassword ? undefined : password.verifier,
        mark: writeMark({
          requestId: order.requestId,
          resourceId: order.resource.id,
          backups: job.backups,
        }),
        tools,
        ...(job.takesOver && {
          handOver: () =>
            handOver(
              session,
              work =>
                this.#session({ ...job, server: inside(job) }, tools, work),
              { found, names, tools },
            ),
        }),
      });
      tools.log(`${names.database} is ready on ${server.name}`);
    });
    if (order.wanted === 'absent') return { outputs: {} };
    return {
      outputs: {
        host: server.shown.host,
        port: String(server.shown.port),
        database: names.database,
        user: names.login,
        ...(!keepsPassword && { password: password.clear }),
      },
    };
  }

  checkExisting(existing: Existing[], settings: JsonObject): void {
    checkNamed(existing, this.#serverOf(settings));
  }

  async survey(settings: JsonObject, signal: AbortSignal): Promise<Standing[]> {
    const server = this.#serverOf(settings);
    return Session.on(server, { connect: this.#connect, signal }, survey);
  }

  async observe(order: Order, tools: RunTools): Promise<Observation> {
    const job = this.#read(order);
    return this.#look(job, tools, found => {
      if (!found.database && !found.login && !found.owner) {
        return { state: 'absent' };
      }
      const changes = compare(found, job).filter(
        ({ action }) => action !== 'keep',
      );
      return changes.length
        ? { state: 'drifted', changes }
        : { state: 'asWanted' };
    });
  }

  #serverOf(settings: JsonObject): PostgresServer {
    const { server: name } = read(
      settingsShape,
      settings,
      "The offering's settings for the engine postgres are not right",
    );
    const server = this.#servers.get(name);
    if (!server) {
      throw new InputError(
        `The offering wants the PostgreSQL server "${name}", which infrastructure.postgres.servers does not have; it has ${
          [...this.#servers.keys()].join(', ') || 'none'
        }.`,
      );
    }
    return server;
  }

  #read(order: Order): Job {
    return {
      order,
      server: this.#serverOf(order.settings),
      names: namesOf(order.resource),
      takesOver: order.takesOver !== undefined,
      ...read(
        parametersShape,
        order.parameters,
        'The parameters are not right',
      ),
    };
  }

  #session<T>(
    { server }: Job,
    { signal }: RunTools,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    return Session.on(server, { connect: this.#connect, signal }, work);
  }

  async #inspect(session: Session, { names, order, server }: Job) {
    const found = await inspect(session, names);
    requireOwn(found, {
      names,
      resourceId: order.resource.id,
      server: server.name,
      takesOver: takenOverBy(order),
    });
    return found;
  }

  /** Looks what is there, and changes nothing. */
  #look<T>(job: Job, tools: RunTools, judge: (found: Found) => T): Promise<T> {
    return this.#lookout.on(job.server, tools.signal, async session =>
      judge(await this.#inspect(session, job)),
    );
  }
}

function newPassword({ login }: Names) {
  return {
    action: 'update' as const,
    address: `password.${login}`,
    title: `Make a new password for ${login}; the present one stops working`,
  };
}
