import { InputError } from '@backstage/errors';
import type { TemplateFile } from './TemplateFile';

/** The files of one layer, by its name. */
export type Layer = { name: string; files: TemplateFile[] };

/**
 * Puts the skeleton of a golden path on top of the layers it shares with
 * others. The skeleton may replace a file of a layer; two layers that bring the
 * same file are a mistake, because their order would decide.
 *
 * @throws InputError that names the file and both layers
 */
export function combineLayers(
  layers: Layer[],
  skeleton: TemplateFile[],
): TemplateFile[] {
  const from = new Map<string, string>();
  const result = new Map<string, TemplateFile>();
  for (const layer of layers) {
    for (const file of layer.files) {
      const other = from.get(file.path);
      if (other !== undefined) {
        throw new InputError(
          `The layers ${other} and ${layer.name} both bring ${file.path}. Move it into one of them, or into the skeleton.`,
        );
      }
      from.set(file.path, layer.name);
      result.set(file.path, file);
    }
  }
  for (const file of skeleton) result.set(file.path, file);
  return [...result.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
