import { say, step } from '../console/progress.ts';
import { loadDemoInBackground } from '../demo/background.ts';
import { paths } from '../paths.ts';
import { untilReady } from '../portal/backend.ts';
import { requirePorts, startSurroundings } from '../portal/portal.ts';
import { portalPort, requireFreePort } from '../ports.ts';
import { startNodeChild } from '../processes/child.ts';
import { becomeOnlyLauncher } from '../processes/registry.ts';
import { untilAskedToStop } from '../processes/signals.ts';
import path from 'node:path';

const developmentUrl = 'http://localhost:3000';

/** `npm run dev`: the same as `npm start`, with hot reload of frontend and backend. */
export async function dev(): Promise<void> {
  await becomeOnlyLauncher();
  await requirePorts();
  await requireFreePort(3000, 'the development server', 'PORT');
  const surroundings = await startSurroundings();
  const cli = await step('Development servers', () =>
    startNodeChild({
      name: 'development',
      args: [
        path.join(
          paths.root,
          'node_modules',
          '@backstage',
          'cli',
          'bin',
          'backstage-cli',
        ),
        'repo',
        'start',
      ],
      env: {
        ...surroundings.env,
        NODE_ENV: 'development',
        APP_CONFIG_app_baseUrl: developmentUrl,
        // The page comes from the development server, the data from the backend.
        APP_CONFIG_backend_cors: JSON.stringify({
          origin: developmentUrl,
          credentials: true,
        }),
      },
      inherit: true,
    }),
  );
  say(`\n  Open ${developmentUrl} when both servers say they are ready.\n`);
  // Nobody waits for it, and it reports its own failures.
  const stopping = new AbortController();
  void loadDemoInBackground(
    stopping.signal,
    untilReady(portalPort, stopping.signal),
  );
  await Promise.race([untilAskedToStop(), cli.ended]);
  stopping.abort();
  await cli.stop();
  await surroundings.stop();
}
