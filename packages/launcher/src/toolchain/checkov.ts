import path from 'node:path';
import { bringPythonTools } from './python.ts';

/**
 * Brings Checkov, which looks for what is insecure in Terraform.
 *
 * @returns the program
 * @throws LaunchFailure that says how to get it
 */
export async function bringCheckov(): Promise<string> {
  return path.join(
    await bringPythonTools('checkov', 'requirements-checkov.txt'),
    'checkov',
  );
}
