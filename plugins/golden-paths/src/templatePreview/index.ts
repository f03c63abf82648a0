import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { TemplatePreview } from './TemplatePreview';

/** `ui:field: TemplatePreview`, on a property of type null */
export const templatePreviewField = createFormField({
  name: 'TemplatePreview',
  component: TemplatePreview,
  schema: makeFieldSchema({ output: z => z.null() }),
});
