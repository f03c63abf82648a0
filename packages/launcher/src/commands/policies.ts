import { step } from '../console/progress.ts';
import { buildPolicies } from '../policies/build.ts';

/** `npm run policies:build`: makes of the rules in `policies` what the portal runs. */
export async function policies(): Promise<void> {
  await step('Compiling the policies', async () => {
    const revision = await buildPolicies();
    return `Policies are at ${revision.slice(0, 19)}`;
  });
}
