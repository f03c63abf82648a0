import {
  ConflictError,
  ForwardedError,
  isError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { DatabaseError } from 'pg';
import type { PostgresServer } from './config';

/** Classes and codes of https://www.postgresql.org/docs/current/errcodes-appendix.html */
const refusedSignIn = ['28000', '28P01', '3D000'];
const unreachable =
  /^(08...|57P0[1-3]|53300|ECONN.*|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE)$/;

/** Whether the connection is what went wrong, and another one may do better. */
export function isUnreachable(error: unknown): boolean {
  if (!isError(error)) return false;
  const { code } = error as { code?: string };
  return (
    (code !== undefined && unreachable.test(code)) ||
    /connection terminated|not queryable|timeout expired|does not support SSL/i.test(
      error.message,
    )
  );
}

/** What went wrong at a server, in words that say where and what to do. */
export function explain(error: unknown, server: PostgresServer): Error {
  if (!isError(error)) return new Error(String(error));
  const { code, detail } = error as { code?: string; detail?: string };
  const { host, port, user } = server.connection;
  const at = `The PostgreSQL server ${server.name} (${host}:${port})`;
  if (code && refusedSignIn.includes(code)) {
    return new ServiceUnavailableError(
      `${at} does not let ${user} in: ${error.message}. Check infrastructure.postgres.servers.${server.name}.connection.`,
      error,
    );
  }
  if (code === '42501') {
    return new NotAllowedError(
      `${at} does not allow this to ${user}: ${error.message}. The role needs CREATEDB and CREATEROLE, and can change only what it made.`,
      error,
    );
  }
  if (code === '2BP01') {
    return new ConflictError(
      `${at} keeps it, because something else hangs on it: ${
        detail ?? error.message
      }. Remove that first, then try again.`,
      error,
    );
  }
  if (code === '55P03') {
    return new ConflictError(
      `${at} is still busy with another run for the same database. Try again when that has ended.`,
      error,
    );
  }
  if (isUnreachable(error)) {
    return new ServiceUnavailableError(
      `${at} cannot be reached: ${
        error.message || code
      }. What was done so far stays, and another attempt goes on from there.`,
      error,
    );
  }
  if (error instanceof DatabaseError) {
    return new ForwardedError(`${at} refused`, error);
  }
  return error;
}
