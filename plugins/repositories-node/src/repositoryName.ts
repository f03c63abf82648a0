import { InputError } from '@backstage/errors';

const pattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const minLength = 3;
const maxLength = 50;

/** What is wrong with a repository's name, in a sentence for the person who chose it. */
export function repositoryNameProblem(name: string): string | undefined {
  if (name.length < minLength || name.length > maxLength) {
    return `A repository's name has ${minLength} to ${maxLength} characters; this one has ${name.length}.`;
  }
  return pattern.test(name)
    ? undefined
    : 'A repository is named with lower-case letters and digits, in words joined by single hyphens, beginning with a letter, such as payments-ledger.';
}

/**
 * Refuses a name that no host of ours would take. What passes is also safe as
 * one segment of a path.
 *
 * @throws InputError that says what a legal name looks like
 */
export function requireRepositoryName(name: string): string {
  const problem = repositoryNameProblem(name);
  if (problem) {
    throw new InputError(
      `"${name.slice(0, 80)}" cannot be a repository's name. ${problem}`,
    );
  }
  return name;
}
