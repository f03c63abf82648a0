import { createApp } from '@backstage/frontend-defaults';
import { entityModule } from './modules/entity';
import { signInModule } from './modules/signIn';

export default createApp({
  features: [signInModule, entityModule],
});
