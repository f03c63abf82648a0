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

/** An id that GitHub takes: letters, digits, hyphens. */
function jobOf({ part, directory }: FoundPart): string {
  const where =
    directory === '.' ? '' : `-${directory.replace(/[^A-Za-z0-9]+/g, '-')}`;
  return `${part.id}${where}`;
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
  const checks = parts.filter(({ part }) => part.id !== 'container');
  const images = parts.filter(({ part }) => part.id === 'container');
  const jobs: Record<string, Job> = {};
  for (const found of checks) {
    jobs[jobOf(found)] = {
      uses: `./${workflowPathOf(found)}`,
      ...(found.directory === '.'
        ? {}
        : { with: { directory: found.directory } }),
    };
  }
  if (security) jobs.security = { uses: `./${securityPath}` };
  const before = Object.keys(jobs);
  for (const found of images) {
    jobs[jobOf(found)] = {
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
