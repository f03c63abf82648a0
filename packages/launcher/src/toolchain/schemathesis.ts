import path from 'node:path';
import { bringPythonTools } from './python.ts';

/**
 * Brings Schemathesis, which makes requests of an OpenAPI document and checks
 * that what answers keeps to it.
 *
 * @returns the program
 * @throws LaunchFailure that says how to get it
 */
export async function bringSchemathesis(): Promise<string> {
  return path.join(
    await bringPythonTools('schemathesis', 'requirements-schemathesis.txt'),
    'schemathesis',
  );
}
