import { createApp } from '@backstage/frontend-defaults';
import { accessibilityModule } from './modules/accessibility';
import { catalogImportModule } from './modules/catalogImport';
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
    entityModule,
    catalogImportModule,
    signInModule,
  ],
});
