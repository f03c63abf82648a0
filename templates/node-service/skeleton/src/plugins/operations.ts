import type { FastifyInstance } from 'fastify';
import type { Contract } from '../contract.js';
import type { Lifecycle } from '../lifecycle.js';
import type { Metrics } from '../metrics.js';

const OPERATIONAL = new Set(['/health', '/ready', '/metrics', '/openapi.yaml']);

/** Paths for machines that look after the service, not for its users. */
export function isOperational(path: string): boolean {
  return OPERATIONAL.has(path);
}

export function addOperations(
  app: FastifyInstance,
  services: { lifecycle: Lifecycle; metrics: Metrics; contract: Contract },
): void {
  const { lifecycle, metrics, contract } = services;

  app.get('/health', () => ({ status: 'ok' }));

  app.get('/ready', (_request, reply) =>
    reply
      .code(lifecycle.state === 'ready' ? 200 : 503)
      .send({ status: lifecycle.state }),
  );

  app.get('/metrics', async (_request, reply) =>
    reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(await metrics.render()),
  );

  app.get('/openapi.yaml', (_request, reply) =>
    reply.type('application/yaml; charset=utf-8').send(contract.text),
  );
}
