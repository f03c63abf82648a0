import { section } from '@waymark/plugin-golden-paths-node';
import type { FoundPart } from './findParts';
import type { PipelinePlan } from './planPipeline';
import { pipelinePath } from './writePipeline';

const bullet = (line: string) => `- ${line}`;

/** What a person reads who is asked to merge the pipeline; Markdown. */
export function reportPipeline(plan: PipelinePlan): string {
  const { files, parts, beyond, leftAlone, others } = plan;
  return [
    ...section('What is checked', parts.map(nameOf).map(bullet)),
    ...section(
      'What is added',
      [...files.keys()].sort().map(path => bullet(`\`${path}\``)),
    ),
    ...section(
      'What was left alone',
      leftAlone
        .map(path =>
          path === pipelinePath
            ? `\`${path}\`: it is yours, so the added workflows run once it calls them`
            : `\`${path}\`: it is yours and other than the pipeline's, so the pipeline does not call it`,
        )
        .map(bullet),
    ),
    ...section(
      'What runs beside it',
      others.map(path => bullet(`\`${path}\`: remove it once both agree`)),
    ),
    ...section(
      'What is not covered',
      beyond.map(found => `${nameOf(found)}: ${adviceOn(found)}`).map(bullet),
    ),
  ]
    .join('\n')
    .trim();
}

function nameOf({ part, directory }: FoundPart): string {
  return directory === '.' ? part.title : `${part.title} in \`${directory}\``;
}

/** What people do about what the pipeline cannot hold. */
function adviceOn({ part }: FoundPart): string {
  return part.rootOnly
    ? 'its workflow knows the root alone, so this takes a workflow of your own'
    : 'add a job with this directory by hand';
}
