import { retryAfterSeconds } from '../database/databaseUnavailable';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Request, RequestHandler } from 'express';
import { requestIdOf } from './requestId';

/** Recognises, from an error's text, that the database could not be reached. */
export type IsDatabaseUnavailable = (message: string) => boolean;

type ErrorBody = {
  error?: { name?: unknown; message?: unknown; [detail: string]: unknown };
  request?: unknown;
  response?: unknown;
};

// Nothing of the server's inside: addresses, socket errors, files, SQL, stacks.
const telling = [
  /\b(?:\d{1,3}\.){3}\d{1,3}\b/,
  /\blocalhost\b/i,
  /\b[\w.-]+:\d{2,5}\b/,
  /\bE(?:CONN|NOTFOUND|AI_|HOST|NET|PIPE|NOENT|ACCES|TIMEDOUT)\w*/,
  /(?:^|[\s'"(])\/(?:[\w.@-]+\/)+[\w.@-]*/,
  /\b(?:select|insert|update|delete|with)\b[^]*\b(?:from|into|set|where)\b/i,
  /\n\s+at\s/,
];

const socketError =
  /(?:connect|getaddrinfo|read|write|bind|listen)\s+E[A-Z_]+(?:\s+[^\s,;'")]+)?/g;

/** What caused a failure is for the log, where all of it stands. */
const causes = /; caused by [^]*$/;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parse(body: unknown): unknown {
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) return body;
  const text = body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return { error: { message: text } };
  }
}

function errorOf(body: unknown): NonNullable<ErrorBody['error']> {
  const parsed = parse(body);
  if (!isObject(parsed)) return {};
  const { error } = parsed;
  return isObject(error) ? error : { message: error ?? parsed.message };
}

const generic: Record<number, [name: string, message: string]> = {
  501: ['NotImplementedError', 'This is not available here'],
  502: ['BadGatewayError', 'A system behind the portal gave no usable answer'],
  503: ['ServiceUnavailableError', 'The portal cannot answer right now'],
  504: ['GatewayTimeoutError', 'A system behind the portal took too long'],
};

function safeFailure(
  req: Request,
  statusCode: number,
  error: NonNullable<ErrorBody['error']>,
): ErrorBody {
  const [name, message] = generic[statusCode] ?? [
    'InternalServerError',
    'The portal made a mistake',
  ];
  const said =
    typeof error.message === 'string' ? error.message.replace(causes, '') : '';
  // Only what was said on purpose is passed on: an unforeseen error says anything.
  const passOn =
    statusCode !== 500 && said && !telling.some(pattern => pattern.test(said));
  return {
    error: {
      name: passOn && typeof error.name === 'string' ? error.name : name,
      message: passOn
        ? said
        : `${message}. Its log tells more under request id ${requestIdOf(req)}`,
    },
    request: { method: req.method, url: req.originalUrl },
    response: { statusCode },
  };
}

/** A refusal keeps its words, without the stack and without addresses from sockets. */
function safeRefusal(body: string): string {
  const text = body.replace(socketError, 'connection failed');
  if (!text.includes('"stack"')) return text;
  const parsed = parse(text);
  if (!isObject(parsed) || !isObject(parsed.error)) return text;
  const { stack, ...error } = parsed.error;
  return stack === undefined ? text : JSON.stringify({ ...parsed, error });
}

/**
 * Makes sure that no error answer, whichever plugin wrote it, tells how the
 * portal is built inside. The log keeps all of it under the request id. An
 * unreachable database is 503 whatever status a plugin chose.
 */
export function safeErrors(options: {
  logger: LoggerService;
  /** Without it, no failure counts as the database's. */
  isDatabaseUnavailable?: IsDatabaseUnavailable;
}): RequestHandler {
  const { logger, isDatabaseUnavailable = () => false } = options;
  return (req, res, next) => {
    const send = res.send.bind(res);
    res.send = body => {
      if (res.statusCode < 400) return send(body);
      if (isObject(body) && !Buffer.isBuffer(body)) {
        // Comes back here as text.
        return res.json(body);
      }
      if (res.statusCode < 500) {
        return send(typeof body === 'string' ? safeRefusal(body) : body);
      }
      const error = errorOf(body);
      const said = String(error.message ?? '');
      logger.error(`${req.method} ${req.originalUrl} failed: ${said}`, {
        requestId: requestIdOf(req),
        status: res.statusCode,
        errorName: String(error.name ?? ''),
      });
      if (isDatabaseUnavailable(said)) {
        res.status(503).setHeader('retry-after', String(retryAfterSeconds));
        error.message = 'The database cannot be reached; try again in a moment';
      }
      res.type('application/json');
      return send(JSON.stringify(safeFailure(req, res.statusCode, error)));
    };
    next();
  };
}
