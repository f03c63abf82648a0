/** Characters that a secret has at least. */
export const shortestSecret = 32;

const placeholder =
  /^(change[-_ ]?me.*|(secret|password|example|placeholder|test|todo)([-_ ].*|\d*)|x+|\*+|<.*>|\$\{.*\}|your[-_ ].*)$/i;

/** What is wrong with a secret, or undefined when nothing is. Never tells the secret. */
export function secretProblem(value: string | undefined): string | undefined {
  if (!value) return 'is not set';
  if (placeholder.test(value)) return 'is a placeholder';
  if (value.length < shortestSecret) {
    return `has ${value.length} characters; at least ${shortestSecret} are needed`;
  }
  if (new Set(value).size < 8) return 'repeats a few characters';
  return undefined;
}
