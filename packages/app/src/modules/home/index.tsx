import homePlugin from '@backstage/plugin-home/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { RiHome5Line } from '@remixicon/react';
import { loadEarly } from '../loadEarly';

const load = loadEarly('', () => import('./HomePage'));

/**
 * The plugins whose widgets are shown, in this order. Upstream plugins bring a joke of the day
 * and what the page says better itself.
 */
const guests = ['infrastructure', 'dora', 'costs'];

const homePage = homePlugin.getExtension('page:home').override({
  factory: (originalFactory, { inputs }) =>
    originalFactory({
      params: {
        path: '/',
        title: 'Home',
        icon: <RiHome5Line />,
        noHeader: true,
        loader: () =>
          load().then(({ HomePage }) => (
            <HomePage
              widgets={inputs.widgets
                .filter(({ node }) =>
                  guests.includes(node.spec.plugin.pluginId),
                )
                .sort(
                  (a, b) =>
                    guests.indexOf(a.node.spec.plugin.pluginId) -
                    guests.indexOf(b.node.spec.plugin.pluginId),
                )
                .map(widget =>
                  widget.get(HomePageWidgetBlueprint.dataRefs.widget),
                )}
            />
          )),
      },
    }),
});

/** The first page after signing in. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [homePage],
});
