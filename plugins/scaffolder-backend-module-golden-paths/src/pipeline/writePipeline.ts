import { stringify } from 'yaml';
import type { FoundPart } from './findParts';

const workflows = '.github/workflows';

/** Where the workflow goes that calls the others. */
export const pipelinePath = `${workflows}/pipeline.yaml`;
/** Looks for secrets, known faults and insecure configuration. */
export const securityPath = `${workflows}/security.yaml`;

/** Where the workflow of a part goes. */
export function workflowPathOf({ part }: FoundPart): string {
  return `${workflows}/${part.workflow}`;
}

type Job = {
  needs?: string[];
  uses: string;
  permissions?: Record<string, string>;
  with?: Record<string, string>;
};

/**
 * An id for the job of each part, as GitHub takes them: letters, digits and
 * hyphens, and no two that differ in the case of letters only. Directories such
 * as `a/b` and `a-b` would share one, so that the later one gets a number.
 */
function withIds(parts: FoundPart[]): { id: string; found: FoundPart }[] {
  const taken = new Set(['security']);
  return parts.map(found => {
    const { part, directory } = found;
    const where =
      directory === '.' ? '' : `-${directory.replace(/[^A-Za-z0-9]+/g, '-')}`;
    const plain = `${part.id}${where}`;
    let id = plain;
    for (let number = 2; taken.has(folded(id)); number += 1) {
      id = `${plain}-${number}`;
    }
    taken.add(folded(id));
    return { id, found };
  });
}

function folded(id: string): string {
  return id.toLocaleLowerCase('en-US');
}

/**
 * The workflow that calls the others: those that are given, and no more.
 *
 * @param options.security - whether the security workflow can be called
 */
export function writePipeline(options: {
  parts: FoundPart[];
  security: boolean;
  defaultBranch: string;
}): string {
  const { parts, security, defaultBranch } = options;
  const named = withIds(parts);
  const isImage = ({ found }: { found: FoundPart }) =>
    found.part.id === 'container';
  const jobs: Record<string, Job> = {};
  for (const { id, found } of named.filter(job => !isImage(job))) {
    jobs[id] = {
      uses: `./${workflowPathOf(found)}`,
      ...(found.directory === '.'
        ? {}
        : { with: { directory: found.directory } }),
    };
  }
  if (security) jobs.security = { uses: `./${securityPath}` };
  const before = Object.keys(jobs);
  for (const { id, found } of named.filter(isImage)) {
    jobs[id] = {
      ...(before.length ? { needs: before } : {}),
      uses: `./${workflowPathOf(found)}`,
      permissions: {
        contents: 'read',
        packages: 'write',
        'id-token': 'write',
        attestations: 'write',
      },
    };
  }
  const text = stringify({
    name: 'Pipeline',
    on: { push: { branches: [defaultBranch] }, pull_request: {} },
    permissions: { contents: 'read' },
    concurrency: {
      group: '${{ github.workflow }}-${{ github.ref }}',
      'cancel-in-progress': "${{ github.event_name == 'pull_request' }}",
    },
    jobs,
  });
  return `# Calls the workflows beside it; each says at its top what it does and which\n# inputs it takes.\n${text}`;
}
