import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  createTemplateRenderer,
  TemplateLimitError,
  TemplateRenderError,
  type TemplateRenderer,
} from 'nunjitsu';
import { filters } from './filters';
import type { TemplateFile } from './TemplateFile';

/** Only these are rendered: other files, such as workflows, use the same brackets for themselves. */
const extension = '.njk';

/**
 * What a template's files become with some answers. A path may hold expressions
 * too; one that renders to nothing, or has an empty folder in it, is left out,
 * which is how a template offers a choice.
 *
 * @throws InputError that names the file and the line
 */
export function renderFiles(
  files: Iterable<TemplateFile>,
  values: JsonObject,
): TemplateFile[] {
  const renderer = createTemplateRenderer({
    filters,
    allowRegexExecution: true,
  });
  // A copy as plain JSON: what is undefined has no place in a template.
  const context = renderer.prepareContext({
    values: JSON.parse(JSON.stringify(values)),
  });
  const render = (source: string, file: string) =>
    rendered(renderer, source, context, file);
  return [...files].flatMap(file => {
    const path = render(
      file.path.endsWith(extension)
        ? file.path.slice(0, -extension.length)
        : file.path,
      file.path,
    );
    if (path.split('/').includes('')) return [];
    const content = file.path.endsWith(extension)
      ? Buffer.from(render(file.content.toString('utf8'), file.path))
      : file.content;
    return [{ path, content, executable: file.executable }];
  });
}

function rendered(
  renderer: TemplateRenderer,
  source: string,
  context: ReturnType<TemplateRenderer['prepareContext']>,
  file: string,
): string {
  try {
    return renderer.render(source, context);
  } catch (error) {
    if (
      !(error instanceof TemplateRenderError) &&
      !(error instanceof TemplateLimitError)
    ) {
      throw error;
    }
    const at = error.line ? `, line ${error.line}` : '';
    throw new InputError(
      `${file}${at} cannot be rendered: ${error.message}. Whoever maintains the template can repair it.`,
    );
  }
}
