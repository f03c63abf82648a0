import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import {
  coreExtensionData,
  createFrontendModule,
  ExtensionBoundary,
} from '@backstage/frontend-plugin-api';
import { formFieldsApiRef } from '@backstage/plugin-scaffolder-react/alpha';
import { toExtensions } from './fields';

const templates = scaffolderPlugin
  .getExtension('sub-page:scaffolder/templates')
  .override({
    *factory(originalFactory, { apis, node }) {
      const original = originalFactory();
      yield* original;
      const upstream = original.get(coreExtensionData.reactElement);
      yield coreExtensionData.reactElement(
        ExtensionBoundary.lazy(node, async () => {
          const [{ TemplatesPage }, formFields] = await Promise.all([
            import('./TemplatesPage'),
            apis.get(formFieldsApiRef)?.loadFormFields(),
          ]);
          return (
            <TemplatesPage
              extensions={toExtensions(formFields ?? [])}
              upstream={upstream}
            />
          );
        }),
      );
    },
  });

/** How something new comes to be: the templates, and the form of each. */
export const createModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [templates],
});
