import path from 'node:path';
import { say } from '../console/progress.ts';
import { loadDemoInBackground } from '../demo/background.ts';
import { LaunchFailure } from '../failure.ts';
import { paths } from '../paths.ts';
import { portalUrl } from '../portal/environment.ts';
import { startPortal } from '../portal/portal.ts';
import { becomeOnlyLauncher, forget } from '../processes/registry.ts';
import { untilAskedToStop } from '../processes/signals.ts';

/** `npm start`: the portal on real components, until Ctrl-C. */
export async function start(): Promise<void> {
  await becomeOnlyLauncher();
  const portal = await startPortal();
  say();
  say(`  Open ${portalUrl}`);
  say();
  say(
    '  Sign in as any person of the demo organisation; each has another role.',
  );
  say(`  Logs: ${path.relative(paths.root, paths.logs)}    Stop: Ctrl-C`);
  say();
  // Nobody waits for it, and it reports its own failures.
  const stopping = new AbortController();
  void loadDemoInBackground(stopping.signal);
  const reason = await Promise.race([
    untilAskedToStop(),
    portal.ended.then(() => 'ended' as const),
  ]);
  say(reason === 'ended' ? '' : '\n  Stopping …');
  stopping.abort();
  await portal.stop();
  await forget('launcher');
  if (reason === 'ended') {
    throw new LaunchFailure(
      'The portal ended by itself.',
      `Read ${path.relative(
        paths.root,
        path.join(paths.logs, 'portal.log'),
      )}, then start it again: nothing acknowledged is lost.`,
    );
  }
  say('  Stopped. Nothing is lost; npm start goes on where you left.');
}
