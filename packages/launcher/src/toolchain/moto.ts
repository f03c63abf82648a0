import path from 'node:path';
import { bringPythonTools } from './python.ts';

/**
 * Brings Moto, which answers as services of AWS do, without an account.
 *
 * @returns the program that listens
 * @throws LaunchFailure that says how to get it
 */
export async function bringMoto(): Promise<string> {
  return path.join(
    await bringPythonTools('moto', 'requirements-moto.txt'),
    'moto_server',
  );
}
