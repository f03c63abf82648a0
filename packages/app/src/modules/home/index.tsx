import homePlugin from '@backstage/plugin-home/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { RiHome5Line } from '@remixicon/react';

const homePage = homePlugin.getExtension('page:home').override({
  factory: (originalFactory, { inputs }) =>
    originalFactory({
      params: {
        path: '/',
        title: 'Home',
        icon: <RiHome5Line />,
        noHeader: true,
        loader: () =>
          import('./HomePage').then(({ HomePage }) => (
            <HomePage
              widgets={inputs.widgets.map(widget =>
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
