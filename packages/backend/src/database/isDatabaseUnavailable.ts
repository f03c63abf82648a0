import { databaseMonitor, type DatabaseAddress } from './DatabaseMonitor';

/**
 * Classes and codes of PostgreSQL that say "not now": connection lost (08),
 * too many connections (53300), statement cut by its time-out (57014), server
 * going down, crashed or coming up (57P0x).
 */
const serverCodes = /^(08...|53300|57014|57P0[1-5])$/;

/** What the server, the driver and the pool say in words when they have no code for it. */
const databaseWords = [
  /connection terminated/i,
  /terminating connection/i,
  /query read timeout/i,
  /timeout acquiring a connection/i,
  /unable to acquire a connection/i,
  /^timeout expired$/,
  /timeout exceeded when trying to connect/i,
  /client has encountered a connection error/i,
  /connection ended unexpectedly/i,
  /canceling statement due to (statement|lock) timeout/i,
  /the database system is (starting up|shutting down|in recovery|not yet accepting)/i,
  /remaining connection slots are reserved/i,
  /sorry, too many clients already/i,
  /the database does not answer/i,
];

/** Words and codes of any socket: the database's only when the address is. */
const socketProblem =
  /\b(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE)\b/;

type Shape = {
  message?: unknown;
  code?: unknown;
  port?: unknown;
  host?: unknown;
  hostname?: unknown;
  cause?: unknown;
  errors?: unknown;
};

function names(text: string, { host, port }: DatabaseAddress): boolean {
  if (port !== undefined && new RegExp(`:${port}\\b`).test(text)) return true;
  return host !== undefined && text.includes(host);
}

function saysSo(text: string, address: DatabaseAddress): boolean {
  if (databaseWords.some(words => words.test(text))) return true;
  return socketProblem.test(text) && names(text, address);
}

/**
 * True when the problem is that the database cannot be reached, is not up, or
 * did not answer in time: the same request may succeed later.
 *
 * @param problem - an error, or the message of one as it stands in a response
 * @param address - the database's address, which tells its refused connections
 *   from those of other systems
 */
export function isDatabaseUnavailable(
  problem: unknown,
  address: DatabaseAddress = databaseMonitor.address,
): boolean {
  if (typeof problem === 'string') return saysSo(problem, address);
  if (typeof problem !== 'object' || problem === null) return false;
  const { message, code, port, host, hostname, cause, errors }: Shape = problem;
  if (typeof code === 'string') {
    if (serverCodes.test(code)) return true;
    if (
      socketProblem.test(code) &&
      ((port !== undefined && port === address.port) ||
        (address.host !== undefined && [host, hostname].includes(address.host)))
    ) {
      return true;
    }
  }
  if (typeof message === 'string' && saysSo(message, address)) return true;
  // A host with several addresses fails with one error for each of them.
  const inner = [cause, ...(Array.isArray(errors) ? errors : [])];
  return inner.some(
    error => error !== problem && isDatabaseUnavailable(error, address),
  );
}
