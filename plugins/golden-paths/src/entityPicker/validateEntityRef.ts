import { parseEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import type { WaymarkEntityPickerOptions } from './WaymarkEntityPicker';

/** Refuses a reference to nothing, or to something of another kind or type: values also come from links. */
export const validateEntityRef: CustomFieldValidator<
  string,
  WaymarkEntityPickerOptions
> = async (entityRef, field, { apiHolder, uiSchema }) => {
  if (!entityRef) return;
  const { kind, type } = uiSchema?.['ui:options'] ?? {};
  try {
    const found = parseEntityRef(entityRef);
    const entity = await apiHolder.get(catalogApiRef)?.getEntityByRef(found);
    if (!entity) {
      field.addError(
        `${entityRef} is not in the catalog; choose from the list`,
      );
    } else if (
      (kind &&
        entity.kind.toLocaleLowerCase('en-US') !==
          kind.toLocaleLowerCase('en-US')) ||
      (type && entity.spec?.type !== type)
    ) {
      field.addError(
        `${entityRef} is not a ${[type, kind]
          .filter(Boolean)
          .join(' ')}; choose from the list`,
      );
    }
  } catch (error) {
    field.addError(
      `${entityRef} could not be looked up: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
};
