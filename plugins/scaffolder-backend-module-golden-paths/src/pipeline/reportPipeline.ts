import type { FoundPart } from './findParts';
import type { PipelinePlan } from './planPipeline';
import { pipelinePath } from './writePipeline';

/** What a person reads who is asked to merge the pipeline; Markdown. */
export function reportPipeline(plan: PipelinePlan): string {
  const { files, parts, beyond, leftAlone, others } = plan;
  return [
    ...section('What is checked', parts.map(nameOf)),
    ...section(
      'What is added',
      [...files.keys()].sort().map(path => `\`${path}\``),
    ),
    ...section(
      'What was left alone',
      leftAlone.map(path =>
        path === pipelinePath
          ? `\`${path}\`: it is yours, so the added workflows run once it calls them`
          : `\`${path}\`: it is yours and other than the pipeline's, so the pipeline does not call it`,
      ),
    ),
    ...section(
      'What runs beside it',
      others.map(path => `\`${path}\`: remove it once both agree`),
    ),
    ...section(
      'What is not covered',
      beyond.map(
        found => `${nameOf(found)}: add a job with this directory by hand`,
      ),
    ),
  ]
    .join('\n')
    .trim();
}

function nameOf({ part, directory }: FoundPart): string {
  return directory === '.' ? part.title : `${part.title} in \`${directory}\``;
}

// A line that begins with # would be a comment to an editor of commit messages.
function section(heading: string, lines: string[]): string[] {
  return lines.length > 0
    ? [`**${heading}**`, '', ...lines.map(line => `- ${line}`), '']
    : [];
}
