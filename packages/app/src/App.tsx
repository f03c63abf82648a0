import { createApp } from '@backstage/frontend-defaults';
import { signInModule } from './modules/signIn';

export default createApp({
  features: [signInModule],
});
