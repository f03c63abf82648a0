import { step } from '../console/progress.ts';
import { writeDashboards } from '../goldenPaths/dashboards/files.ts';

/** `npm run dashboards:build`: draws the dashboards that the golden paths bring. */
export async function dashboards(): Promise<void> {
  await step('Drawing the dashboards', async () => {
    const files = await writeDashboards();
    return `Drawn: ${files.join(', ')}`;
  });
}
