import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { RiShapesLine } from '@remixicon/react';
import { loadEarly } from '../loadEarly';

const load = loadEarly('/catalog', () => import('./CatalogPage'));

const catalogPage = catalogPlugin.getExtension('page:catalog').override({
  factory: originalFactory =>
    originalFactory({
      params: {
        title: 'Catalog',
        icon: <RiShapesLine />,
        loader: () => load().then(({ CatalogPage }) => <CatalogPage />),
      },
    }),
});

/** The list of everything that the catalog knows. */
export const catalogModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [catalogPage],
});
