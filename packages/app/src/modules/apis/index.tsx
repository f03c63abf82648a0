import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import {
  apiDocsConfigRef,
  defaultDefinitionWidgets,
  OpenApiDefinitionWidget,
  type ApiDefinitionWidget,
} from '@backstage/plugin-api-docs';
import { operationsLayout } from './operationsLayout';

/** Upstream hands what it is given on to Swagger UI, beyond what its types name. */
function inOurLayout(widget: ApiDefinitionWidget): ApiDefinitionWidget {
  if (widget.type !== 'openapi') return widget;
  return {
    ...widget,
    component: definition => (
      <OpenApiDefinitionWidget definition={definition} {...operationsLayout} />
    ),
  };
}

const definitions = ApiBlueprint.make({
  name: 'config',
  params: define =>
    define({
      api: apiDocsConfigRef,
      deps: {},
      factory: () => {
        const widgets = new Map(
          defaultDefinitionWidgets()
            .map(inOurLayout)
            .map(widget => [widget.type, widget]),
        );
        return {
          getApiDefinitionWidget: api => widgets.get(api.spec.type),
        };
      },
    }),
});

/** How the definition of an API is drawn. */
export const apisModule = createFrontendModule({
  pluginId: 'api-docs',
  extensions: [definitions],
});
