import catalogImportPlugin from '@backstage/plugin-catalog-import/alpha';
import { createFrontendModule } from '@backstage/frontend-plugin-api';

const importPage = catalogImportPlugin
  .getExtension('page:catalog-import')
  .override({
    factory: originalFactory =>
      originalFactory({
        params: {
          title: 'Register existing',
          loader: () =>
            import('./ImportPage').then(({ ImportPage }) => <ImportPage />),
        },
      }),
  });

/** How something that already exists comes into the catalog. */
export const catalogImportModule = createFrontendModule({
  pluginId: 'catalog-import',
  extensions: [importPage],
});
