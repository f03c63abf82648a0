import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as API Gateway tells a function of it, in format 2.0. */
export type GatewayEvent = {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
};

/** What a function has API Gateway answer. */
export type GatewayAnswer = {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
};

type Invocation = {
  id: string;
  event: object;
  answered(answer: GatewayAnswer): void;
  failed(error: Error): void;
};

const gatewayEvent = (asked: GatewayEvent) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: asked.path,
  rawQueryString: '',
  headers: { 'content-type': 'application/json', ...asked.headers },
  requestContext: {
    requestId: 'JKJaXmPLvHcESHA=',
    http: {
      method: asked.method,
      path: asked.path,
      protocol: 'HTTP/1.1',
      sourceIp: '192.0.2.1',
    },
  },
  body: asked.body,
  isBase64Encoded: false,
});

/**
 * Plays what Lambda is to an instance of a function: the API of its runtime,
 * which the instance asks for the next request and tells what it answers.
 */
export class PlayedLambda {
  readonly #server: http.Server;
  readonly #waiting: Invocation[] = [];
  readonly #running = new Map<string, Invocation>();
  #wake: (() => void) | undefined;

  private constructor() {
    this.#server = http.createServer((request, response) =>
      this.#serve(request, response),
    );
  }

  static async start(): Promise<PlayedLambda> {
    const lambda = new PlayedLambda();
    await new Promise<void>(resolve => {
      lambda.#server.listen(0, '127.0.0.1', resolve);
    });
    return lambda;
  }

  /** What an instance finds it by. */
  get settings(): NodeJS.ProcessEnv {
    const { port } = this.#server.address() as AddressInfo;
    return { AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}` };
  }

  /** Hands the instance a request, once it asks for one. */
  invoke(asked: GatewayEvent): Promise<GatewayAnswer> {
    return new Promise((answered, failed) => {
      const event = gatewayEvent(asked);
      this.#waiting.push({ id: randomUUID(), event, answered, failed });
      this.#wake?.();
    });
  }

  async #serve(
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    const [id, what] = request.url?.split('/').slice(-2) ?? [];
    if (what === 'next') {
      await this.#next(response);
      return;
    }
    const body = await text(request);
    const invocation = this.#running.get(id);
    this.#running.delete(id);
    if (what === 'response') invocation?.answered(JSON.parse(body));
    else invocation?.failed(new Error(`The function failed: ${body}`));
    response.writeHead(202).end();
  }

  async #next(response: http.ServerResponse): Promise<void> {
    if (!this.#waiting.length) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
    const [invocation] = this.#waiting.splice(0, 1);
    this.#running.set(invocation.id, invocation);
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': invocation.id,
        'lambda-runtime-deadline-ms': String(Date.now() + 15_000),
        'lambda-runtime-invoked-function-arn':
          'arn:aws:lambda:eu-central-1:111122223333:function:tested:live',
      })
      .end(JSON.stringify(invocation.event));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
