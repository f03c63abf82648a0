/** The parts of a workflow of GitHub that a migration writes; see https://docs.github.com/actions/reference/workflow-syntax-for-github-actions. */
export type WorkflowStep = {
  name?: string;
  id?: string;
  if?: string;
  uses?: string;
  with?: Record<string, string | number | boolean>;
  run?: string;
  shell?: string;
  env?: Record<string, string>;
  'working-directory'?: string;
  'continue-on-error'?: boolean;
  'timeout-minutes'?: number;
};

export type WorkflowJob = {
  name?: string;
  needs?: string[];
  if?: string;
  'runs-on': string;
  container?: { image: string; options?: string };
  environment?: string;
  'timeout-minutes'?: number;
  strategy?: {
    'fail-fast'?: boolean;
    matrix: Record<string, (string | number)[]>;
  };
  env?: Record<string, string>;
  steps: WorkflowStep[];
};

export type WorkflowInput = {
  description?: string;
  type: 'string' | 'boolean' | 'choice';
  default?: string | boolean;
  options?: string[];
};

export type Workflow = {
  name: string;
  on: {
    push?: null;
    pull_request?: null;
    schedule?: { cron: string }[];
    workflow_dispatch?: { inputs: Record<string, WorkflowInput> } | null;
  };
  permissions: Record<string, 'read' | 'write'>;
  concurrency?: string;
  env?: Record<string, string>;
  jobs: Record<string, WorkflowJob>;
};
