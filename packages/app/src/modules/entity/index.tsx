import {
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentLayoutBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiErrorWarningLine } from '@remixicon/react';
import { header } from './header';
import { refreshItem } from './refreshItem';

const overview = EntityContentLayoutBlueprint.make({
  name: 'overview',
  params: {
    loader: () =>
      import('./overview/EntityOverviewLayout').then(
        module => module.EntityOverviewLayout,
      ),
  },
});

const glance = EntityCardBlueprint.make({
  name: 'glance',
  params: {
    type: 'info',
    loader: () =>
      import('./glance/GlanceCard').then(module => <module.GlanceCard />),
  },
});

const template = EntityCardBlueprint.make({
  name: 'template',
  params: {
    filter: { kind: 'template' },
    loader: () =>
      import('./template/TemplateCard').then(module => <module.TemplateCard />),
  },
});

const relations = EntityCardBlueprint.make({
  name: 'how-it-relates',
  params: {
    filter: { $not: { kind: { $in: ['template', 'location'] } } },
    loader: () =>
      import('./relations/RelationsCard').then(module => (
        <module.RelationsCard />
      )),
  },
});

const processingErrors = PageBlueprint.make({
  name: 'processing-errors',
  params: {
    path: '/catalog-errors',
    title: 'Processing errors',
    icon: <RiErrorWarningLine />,
    loader: () =>
      import('./processing/ProcessingErrorsPage').then(module => (
        <module.ProcessingErrorsPage />
      )),
  },
});

/** The overview of every entity, laid out for its kind, and what the catalog could not read. */
export const entityModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    header,
    overview,
    glance,
    template,
    relations,
    refreshItem,
    processingErrors,
  ],
});
