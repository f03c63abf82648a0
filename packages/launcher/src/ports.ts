import { randomInt } from 'node:crypto';
import net from 'node:net';
import { LaunchFailure } from './failure.ts';

/** The portal's port, and with it the address people open. */
export const portalPort = Number(process.env.WAYMARK_PORT || 7007);

/** The local identity issuer's port. */
export const issuerPort = Number(
  process.env.WAYMARK_ISSUER_PORT || portalPort + 1,
);

function tryListen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const bound = (server.address() as net.AddressInfo).port;
      server.close(() => resolve(bound));
    });
  });
}

/**
 * A port that is free now, and stays so until somebody listens there: it lies
 * below those that systems give to outgoing connections.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(20_000, 32_000);
    const free = await tryListen(port).catch(() => undefined);
    if (free) return free;
  }
  return tryListen(0);
}

/** Fails with a remedy when somebody else listens on the port. */
export async function requireFreePort(
  port: number,
  what: string,
  variable: string,
): Promise<void> {
  try {
    await tryListen(port);
  } catch {
    throw new LaunchFailure(
      `Port ${port}, which ${what} needs, is in use by another program.`,
      `Stop that program, or choose another port: ${variable}=${
        port + 100
      } npm start`,
    );
  }
}
