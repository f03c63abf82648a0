import { STATUS_CODES } from 'node:http';
import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
} from 'fastify';
import type { components } from '../api-types.js';

export type Problem = components['schemas']['Problem'];

/** An error whose message the caller may read. */
export class HttpProblem extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** Every error leaves as `application/problem+json` (RFC 9457). */
export function addProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, 404, {
      detail: `There is nothing at ${request.method} ${pathOf(request)}`,
    }),
  );

  app.setErrorHandler((error: FastifyError | HttpProblem, request, reply) => {
    const status = error.statusCode ?? 500;
    if (error instanceof HttpProblem) {
      if (status >= 500) {
        request.log.error({ err: error }, 'request failed');
      }
      void reply.headers(error.headers);
      return sendProblem(request, reply, status, { detail: error.message });
    }
    if (error.validation) {
      const where = error.validationContext ?? 'body';
      return sendProblem(request, reply, 400, {
        detail: `The ${where} does not fit the API document`,
        errors: error.validation.map(problem => ({
          pointer: `${where}${problem.instancePath}`,
          detail: problem.message ?? 'is not valid',
        })),
      });
    }
    if (status >= 400 && status < 500) {
      return sendProblem(request, reply, status, { detail: error.message });
    }
    // What went wrong inside is for the logs, not for the caller.
    request.log.error({ err: error }, 'request failed');
    return sendProblem(request, reply, 500, {});
  });
}

export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  more: Pick<Problem, 'detail' | 'errors'>,
) {
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    ...more,
    requestId: request.id,
  };
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem);
}
