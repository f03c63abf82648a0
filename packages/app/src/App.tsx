import { createApp } from '@backstage/frontend-defaults';
import { accessibilityModule } from './modules/accessibility';
import { apisModule } from './modules/apis';
import { catalogModule } from './modules/catalog';
import { catalogImportModule } from './modules/catalogImport';
import { createModule } from './modules/create';
import { entityModule } from './modules/entity';
import { homeModule } from './modules/home';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';

export default createApp({
  features: [
    themeModule,
    accessibilityModule,
    navModule,
    homeModule,
    catalogModule,
    entityModule,
    apisModule,
    createModule,
    catalogImportModule,
    signInModule,
  ],
});
