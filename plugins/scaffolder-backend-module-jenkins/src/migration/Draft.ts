import type { Call, Statement, Value } from '../jenkinsfile/Statement';
import { both, type Parameters } from './conditions';
import type { Findings } from './Findings';
import { jenkinsVariables, uniqueId } from './names';
import { variableIn } from './texts';
import type { Workflow, WorkflowJob, WorkflowStep } from './Workflow';

/** What runs a job. */
export type Agent = Pick<WorkflowJob, 'runs-on' | 'container'>;

export const defaultAgent: Agent = { 'runs-on': 'ubuntu-24.04' };

/** What surrounds a step in the Jenkinsfile. */
export type Scope = {
  /** The name of the stage. */
  stage?: string;
  condition?: string;
  env: Record<string, string>;
  folder?: string;
  /** The image in which commands run, where it is not that of the whole job. */
  image?: string;
  tolerant?: boolean;
  timeout?: number;
};

/** How a shell reads a variable. */
const readsVariable = {
  sh: (name: string) => `\${${name}}`,
  cmd: (name: string) => `%${name}%`,
  pwsh: (name: string) => `$env:${name}`,
};

/** The workflow while it is written, from the first line of the Jenkinsfile to the last. */
export class Draft {
  readonly parameters = new Map<string, 'boolean' | 'choice' | 'string'>();
  /** Variables that are the same text everywhere. */
  readonly constants = new Map<string, string>();
  /** Variables that the environment has while the workflow runs. */
  readonly variables = new Set<string>(Object.keys(jenkinsVariables));
  readonly functions = new Map<string, Statement[]>();
  agent: Agent = defaultAgent;
  checksOut = false;
  timeout: number | undefined;
  /** The jobs that have to end before the next one begins. */
  needs: string[] = [];
  #job: WorkflowJob | undefined;
  #named = '';
  readonly #artifacts = new Set<string>();

  constructor(readonly workflow: Workflow, readonly findings: Findings) {}

  get inputs(): Parameters {
    return this.parameters;
  }

  get isOpen(): boolean {
    return this.#job !== undefined;
  }

  /** Begins a job, which waits for those before it. */
  openJob(name: string, agent: Agent = this.agent): WorkflowJob {
    this.closeJob();
    const { jobs } = this.workflow;
    const id = uniqueId(name, known => known in jobs);
    const job: WorkflowJob = {
      ...(id !== name && { name }),
      ...(this.needs.length > 0 && { needs: this.needs }),
      ...agent,
      ...(this.timeout && { 'timeout-minutes': this.timeout }),
      steps: this.checksOut ? [{ uses: 'actions/checkout@v5' }] : [],
    };
    if (this.needs.length > 0) {
      this.findings.toDo(
        'Each job begins with a fresh checkout: what an earlier job built is not there. Hand it on as an artifact, or put the jobs together.',
      );
    }
    jobs[id] = job;
    this.#job = job;
    this.#named = '';
    this.needs = [id];
    return job;
  }

  closeJob(): void {
    this.#job = undefined;
  }

  /** Adds a step to the job that is open, or to a new one. */
  add(step: WorkflowStep, scope: Scope): void {
    const job = this.#job ?? this.openJob(scope.stage ?? 'build');
    const { stage } = scope;
    const first = stage !== undefined && this.#named !== stage;
    this.#named = stage ?? this.#named;
    const what =
      step.name ?? step.run?.trim().split('\n')[0].slice(0, 60) ?? step.uses;
    const env = { ...scope.env, ...step.env };
    const always = scope.condition?.includes('always()');
    const condition = always ? scope.condition : both(step.if, scope.condition);
    const { run } = step;
    job.steps.push({
      ...step,
      ...(stage && { name: first ? stage : `${stage}: ${what}` }),
      ...(condition && { if: condition }),
      ...(run && {
        run: scope.image ? inImage(run, scope.image, Object.keys(env)) : run,
      }),
      ...(run && Object.keys(env).length > 0 && { env }),
      ...(scope.folder && run && { 'working-directory': scope.folder }),
      ...(scope.tolerant && { 'continue-on-error': true }),
      ...(scope.timeout && { 'timeout-minutes': scope.timeout }),
    });
  }

  /** A name for an artifact that no other artifact of a run has. */
  artifactName(wanted: string): string {
    const name = uniqueId(wanted, known => this.#artifacts.has(known));
    this.#artifacts.add(name);
    return this.#job?.strategy ? `${name}-\${{ strategy.job-index }}` : name;
  }

  /** How many steps the open job has. */
  get length(): number {
    return this.#job?.steps.length ?? 0;
  }

  /** Gives the step at a place of the open job an id, by which others speak of it. */
  idOf(index: number, name: string): string | undefined {
    const steps = this.#job?.steps ?? [];
    const step = steps[index];
    if (!step) return undefined;
    step.id ??= uniqueId(name, id => steps.some(other => other.id === id));
    return step.id;
  }

  /**
   * A text of the Jenkinsfile as the code of a shell. Expressions become
   * variables, so that nothing that somebody else wrote becomes code.
   *
   * @returns `undefined` when it holds more than names that are known
   */
  shellText(
    value: Value | undefined,
    shell: keyof typeof readsVariable = 'sh',
  ): string | undefined {
    if (value?.kind === 'literal') return String(value.value);
    if (value?.kind === 'call' && !value.call.body) {
      return this.#variable(value.call, shell);
    }
    if (value?.kind !== 'text') return undefined;
    const parts = value.parts.map(part =>
      'text' in part ? part.text : this.#reference(part.expression, shell),
    );
    return parts.includes(undefined) ? undefined : parts.join('');
  }

  #variable(call: Call, shell: keyof typeof readsVariable) {
    const isName = call.positional.length + call.named.size === 0 && !call.on;
    return isName && !call.source.includes('(')
      ? this.#reference(call.name, shell)
      : undefined;
  }

  #reference(
    expression: string,
    shell: keyof typeof readsVariable,
  ): string | undefined {
    const name = variableIn(expression);
    if (name === undefined) return undefined;
    const constant = this.constants.get(name);
    if (constant !== undefined) return constant;
    if (!this.variables.has(name)) {
      // A name of Groovy that nobody set here would be an empty text in the shell.
      if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return undefined;
      this.findings.toDo(
        `Jenkins set the variable \`${name}\` outside of the Jenkinsfile. Set it in \`env\` of the workflow.`,
      );
    }
    return readsVariable[shell](name);
  }
}

/** Runs commands in a container that sees the workspace. */
function inImage(run: string, image: string, variables: string[]): string {
  const passed = variables.map(name => ` --env ${name}`).join('');
  return [
    `docker run --rm --interactive${passed} --volume "$PWD:$PWD" --workdir "$PWD" "${image}" sh -e <<'END_OF_STEP'`,
    run.trimEnd(),
    'END_OF_STEP',
  ].join('\n');
}
