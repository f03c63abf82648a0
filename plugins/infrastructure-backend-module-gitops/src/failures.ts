import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { GitFailure } from '@waymark/plugin-repositories-node';

/**
 * What Git's failure means to people; another error as it is.
 *
 * @param name - the repository, as the configuration has it
 */
export function explained(
  error: unknown,
  name: string,
  branch: string,
): unknown {
  if (!(error instanceof GitFailure)) return error;
  const at = `The repository ${name} (infrastructure.gitops.repositories.${name})`;
  const { stderr } = error;
  if (/couldn't find remote ref/.test(stderr)) {
    return new ServiceUnavailableError(`${at} has no branch ${branch}.`);
  }
  if (
    /Authentication failed|could not read Username|error: 40[13]/.test(stderr)
  ) {
    return new NotAllowedError(
      `${at} does not let the portal in: check its username and password.`,
    );
  }
  if (/\[remote rejected\]/.test(stderr)) {
    const [, reason] = /\[remote rejected\].*\((.*)\)/.exec(stderr) ?? [];
    return new NotAllowedError(
      `${at} does not take commits on ${branch}: ${
        reason ?? 'it does not say why'
      }. Let the portal push to it.`,
    );
  }
  return new ServiceUnavailableError(
    `${at} cannot be reached just now: ${stderr
      .trim()
      .split('\n')
      .at(-1)}. Nothing was committed; try again.`,
  );
}

/** Whether a push did not fit any more, because somebody else's came first. */
export function isRace(error: unknown): boolean {
  return (
    error instanceof GitFailure &&
    /\[rejected\]|\[remote rejected\].*(cannot lock ref|failed to update ref|incorrect old value|fetch first)/.test(
      error.stderr,
    )
  );
}
