import type { FormValidation } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonObject } from '@backstage/types';

/** Whether any field has an error. */
export function hasErrors(errors: FormValidation | undefined): boolean {
  return Object.values(errors ?? {}).some(found =>
    Array.isArray(found.__errors)
      ? found.__errors.length > 0
      : hasErrors(found as FormValidation),
  );
}

/** The errors of what is still as it was when they were found. */
export function withoutChanged(
  errors: FormValidation | undefined,
  before: JsonObject,
  after: JsonObject,
): FormValidation | undefined {
  if (!errors) return undefined;
  const kept = Object.entries(errors).filter(
    ([name]) => JSON.stringify(before[name]) === JSON.stringify(after[name]),
  );
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
