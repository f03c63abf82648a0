import appPlugin from '@backstage/plugin-app';
import {
  coreExtensionData,
  createFrontendModule,
  NotFoundErrorPage,
  PageLayout,
} from '@backstage/frontend-plugin-api';
import {
  NavContentBlueprint,
  SwappableComponentBlueprint,
} from '@backstage/plugin-app-react';
import { NavContent } from './NavContent';
import { NotFound } from './NotFound';
import { PageFrame } from './PageFrame';
import { Shell } from './Shell';

const layout = appPlugin.getExtension('app/layout').override({
  factory: (_originalFactory, { inputs }) => [
    coreExtensionData.reactElement(
      <Shell nav={inputs.nav.get(coreExtensionData.reactElement)}>
        {inputs.content.get(coreExtensionData.reactElement)}
      </Shell>,
    ),
  ],
});

const navContent = NavContentBlueprint.make({
  params: { component: NavContent },
});

const pageFrame = SwappableComponentBlueprint.make({
  name: 'core-page-layout',
  params: define => define({ component: PageLayout, loader: () => PageFrame }),
});

const notFound = SwappableComponentBlueprint.make({
  name: 'core-not-found-error-page',
  params: define =>
    define({ component: NotFoundErrorPage, loader: () => NotFound }),
});

/** The frame around every page and the ways between them. */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [layout, navContent, pageFrame, notFound],
});
