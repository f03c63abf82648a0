import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { goldenPathsApiRef } from '../api/GoldenPathsApi';

/** Keeps the form on its page while the name is taken, not legal, or cannot be checked. */
export const validateServiceName: CustomFieldValidator<string> = async (
  name,
  field,
  { apiHolder },
) => {
  if (!name) return;
  const goldenPaths = apiHolder.get(goldenPathsApiRef);
  try {
    const check = await goldenPaths?.checkName(name);
    check?.problems.forEach(({ message }) => field.addError(message));
  } catch (error) {
    field.addError(
      `Whether ${name} is free could not be checked: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
};
