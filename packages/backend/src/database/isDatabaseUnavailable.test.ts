import { isDatabaseUnavailable } from './isDatabaseUnavailable';

const address = { host: 'db.internal', port: 5499 };

const refused = (port: number) =>
  Object.assign(new Error(`connect ECONNREFUSED 10.0.0.1:${port}`), {
    code: 'ECONNREFUSED',
    port,
  });

describe('isDatabaseUnavailable', () => {
  it.each([
    'Connection terminated unexpectedly',
    'terminating connection due to administrator command',
    'Query read timeout',
    'timeout expired',
    'timeout exceeded when trying to connect',
    'Knex: Timeout acquiring a connection. The pool is probably full.',
    'select 1 - canceling statement due to statement timeout',
    'the database system is starting up',
    'sorry, too many clients already',
    'connect ECONNREFUSED 10.0.0.1:5499',
    'getaddrinfo ENOTFOUND db.internal',
  ])('recognises "%s", as an error and as a message', message => {
    expect(isDatabaseUnavailable(message, address)).toBe(true);
    expect(isDatabaseUnavailable(new Error(message), address)).toBe(true);
  });

  it.each(['08006', '57P01', '57P03', '53300', '57014'])(
    'recognises the code %s',
    code => {
      const error = Object.assign(new Error('?'), { code });
      expect(isDatabaseUnavailable(error, address)).toBe(true);
    },
  );

  it.each([
    ['42P01', 'relation "x" does not exist'],
    ['23505', 'duplicate key value violates unique constraint'],
    ['ENOENT', 'no such file'],
  ])('leaves %s alone', (code, message) => {
    const error = Object.assign(new Error(message), { code });
    expect(isDatabaseUnavailable(error, address)).toBe(false);
  });

  it('tells the database from other systems that refuse a connection', () => {
    expect(isDatabaseUnavailable(refused(5499), address)).toBe(true);
    expect(isDatabaseUnavailable(refused(443), address)).toBe(false);
    expect(isDatabaseUnavailable(refused(54990), address)).toBe(false);
  });

  it('looks into the errors an error is made of', () => {
    const both = new AggregateError([refused(5499), refused(5499)]);
    expect(isDatabaseUnavailable(both, address)).toBe(true);
    const wrapped = new Error('Could not list', { cause: refused(5499) });
    expect(isDatabaseUnavailable(wrapped, address)).toBe(true);
  });

  it.each([undefined, null, 42, {}])('says no to %p', problem => {
    expect(isDatabaseUnavailable(problem, address)).toBe(false);
  });
});
