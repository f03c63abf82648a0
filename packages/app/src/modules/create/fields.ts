import type { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import { SecretWidget } from '@backstage/plugin-scaffolder-react/alpha';

function isExtension(field: unknown): field is FieldExtensionOptions {
  return (
    typeof field === 'object' &&
    field !== null &&
    'name' in field &&
    'component' in field
  );
}

/**
 * The form fields that plugins bring, as a form takes them. Upstream hands them
 * out sealed; what is not recognised is left out, and the form says so where a
 * template uses it.
 */
export function toExtensions(formFields: unknown[]): FieldExtensionOptions[] {
  const known = formFields.filter(isExtension);
  return known.some(({ name }) => name === 'Secret')
    ? known
    : [...known, { name: 'Secret', component: SecretWidget }];
}
