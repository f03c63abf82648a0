import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { validateEntityRef } from './validateEntityRef';
import { WaymarkEntityPicker } from './WaymarkEntityPicker';

/** `ui:field: WaymarkEntityPicker` with `ui:options: { kind, type }` */
export const entityPickerField = createFormField({
  name: 'WaymarkEntityPicker',
  component: WaymarkEntityPicker,
  validation: validateEntityRef,
  schema: makeFieldSchema({
    output: z => z.string(),
    uiOptions: z =>
      z.object({
        kind: z.string().describe('The kind of the entities, such as Group'),
        type: z
          .string()
          .optional()
          .describe('Their spec.type, such as team; all when left out'),
      }),
  }),
});
