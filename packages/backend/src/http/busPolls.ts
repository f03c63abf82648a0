import type {
  LifecycleService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import type { RequestHandler } from 'express';
import type { Socket } from 'node:net';

/** How often what still waits is let go, once the portal stops. */
const everyMs = 100;

/** The framework hands the root's own on, and calls it that of a plugin. */
function isOfRoot(
  lifecycle: LifecycleService,
): lifecycle is RootLifecycleService {
  return 'addBeforeShutdownHook' in lifecycle;
}

/**
 * Lets waiting readers of the events bus go when the portal stops. Each holds
 * a request open until something happens, and the events service waits for its
 * own reader: without this, a portal at rest would take until somebody killed
 * it.
 */
export function busPolls(lifecycle: LifecycleService): RequestHandler {
  if (!isOfRoot(lifecycle)) {
    throw new Error('The root router was not given the root lifecycle');
  }
  const waiting = new Set<Socket>();
  lifecycle.addBeforeShutdownHook(() => {
    const letGo = () => waiting.forEach(socket => socket.destroy());
    letGo();
    // A reader that asks again before it knows of the end is let go as well.
    setInterval(letGo, everyMs).unref();
  });
  return (req, res, next) => {
    if (req.method === 'GET') {
      const { socket } = req;
      waiting.add(socket);
      res.once('close', () => waiting.delete(socket));
    }
    next();
  };
}
