import { InputError } from '@backstage/errors';

const megabyte = 1_000_000;

/** How large files may be, in bytes, by the megabytes of the settings. */
export const bytesOf = (megabytes: number): number => megabytes * megabyte;

/**
 * @param what - how people call it: `The file`
 * @throws InputError when it is larger than the settings allow
 */
export function requireBearable(
  what: string,
  bytes: number,
  largest: number,
): void {
  if (bytes <= largest) return;
  throw new InputError(
    `${what} is larger than ${
      largest / megabyte
    } megabytes, which is as much as costs.imports.largestMb allows; send it in parts, one for each billing period`,
  );
}
