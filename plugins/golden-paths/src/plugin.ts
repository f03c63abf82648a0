import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { goldenPathsApiRef } from './api/GoldenPathsApi';
import { GoldenPathsHttpApi } from './api/GoldenPathsHttpApi';

const goldenPathsApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: goldenPathsApiRef,
      deps: { discovery: discoveryApiRef, fetch: fetchApiRef },
      factory: deps => GoldenPathsHttpApi.create(deps),
    }),
});

const serviceName = FormFieldBlueprint.make({
  name: 'service-name',
  params: {
    field: () => import('./serviceName').then(m => m.serviceNameField),
  },
});

const entityPicker = FormFieldBlueprint.make({
  name: 'entity-picker',
  params: {
    field: () => import('./entityPicker').then(m => m.entityPickerField),
  },
});

const templatePreview = FormFieldBlueprint.make({
  name: 'template-preview',
  params: {
    field: () => import('./templatePreview').then(m => m.templatePreviewField),
  },
});

/** Fields for the forms of templates. */
export default createFrontendPlugin({
  pluginId: 'golden-paths',
  extensions: [goldenPathsApi, serviceName, entityPicker, templatePreview],
});
