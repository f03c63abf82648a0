import { isError } from '@backstage/errors';

/** What an error says to people, without what caused it: that is for the log. */
export function saidOf(error: unknown): string {
  return isError(error)
    ? error.message.replace(/; caused by [^]*$/, '')
    : String(error);
}
