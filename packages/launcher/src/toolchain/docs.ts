import { bringPythonTools } from './python.ts';

/**
 * Brings MkDocs.
 *
 * @returns the folder that goes on the PATH of whoever generates docs
 */
export async function bringMkDocs(): Promise<string> {
  return bringPythonTools('mkdocs', 'requirements.txt');
}
