import type { Client } from 'pg';
import type { PostgresServer } from './config';
import { explain, isUnreachable } from './explain';
import { Session, type Connect } from './Session';

const idleMs = 10_000;
/** Of one server; more only take its connections from others. */
const mostIdle = 4;

/** What the driver has and its types leave out: whether a connection keeps the process alive. */
type Kept = Client & { ref(): void; unref(): void };

/** A connection that waits for whoever looks next. */
type Idle = { client: Kept; timer: NodeJS.Timeout };

/**
 * Looks at servers and changes nothing, on connections that are kept for a few
 * seconds: a server takes longer to let somebody in than to answer them.
 */
export class Lookout {
  readonly #connect: Connect;
  readonly #idle = new Map<string, Idle[]>();

  constructor(connect: Connect) {
    this.#connect = connect;
  }

  /**
   * Looks; errors say which server they come from.
   *
   * @param look - looked with once more where a kept connection turns out to be broken
   */
  async on<T>(
    server: PostgresServer,
    signal: AbortSignal,
    look: (session: Session) => Promise<T>,
  ): Promise<T> {
    try {
      signal.throwIfAborted();
      const kept = this.#take(server);
      return kept
        ? await this.#over(kept, { server, signal }, look).catch(error => {
            if (!isUnreachable(error)) throw error;
            return this.#look(server, signal, look);
          })
        : await this.#look(server, signal, look);
    } catch (error) {
      throw explain(error, server);
    }
  }

  async #look<T>(
    server: PostgresServer,
    signal: AbortSignal,
    look: (session: Session) => Promise<T>,
  ): Promise<T> {
    const client = (await this.#connect(server)) as Kept;
    client.once('end', () => this.#drop(server, client));
    return this.#over(client, { server, signal }, look);
  }

  /** Looks, and keeps the connection if all went well. */
  async #over<T>(
    client: Kept,
    of: { server: PostgresServer; signal: AbortSignal },
    look: (session: Session) => Promise<T>,
  ): Promise<T> {
    try {
      const seen = await Session.over(client, of.signal, look);
      this.#keep(of.server, client);
      return seen;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  #take({ name }: PostgresServer): Kept | undefined {
    const idle = this.#idle.get(name)?.pop();
    if (!idle) return undefined;
    clearTimeout(idle.timer);
    idle.client.ref();
    return idle.client;
  }

  #keep(server: PostgresServer, client: Kept): void {
    const others = this.#idle.get(server.name) ?? [];
    if (others.length >= mostIdle) {
      void client.end().catch(() => undefined);
      return;
    }
    const timer = setTimeout(() => {
      this.#drop(server, client);
      void client.end().catch(() => undefined);
    }, idleMs);
    // Neither keeps a backend alive that goes down.
    timer.unref();
    client.unref();
    this.#idle.set(server.name, [...others, { client, timer }]);
  }

  #drop({ name }: PostgresServer, client: Kept): void {
    const idle = this.#idle.get(name) ?? [];
    clearTimeout(idle.find(each => each.client === client)?.timer);
    this.#idle.set(
      name,
      idle.filter(each => each.client !== client),
    );
  }
}
