import type { Call, Statement } from '../jenkinsfile/Statement';
import { constantArgument, constantOf, quoted } from './texts';

/** The parameters of a pipeline, with what each can be. */
export type Parameters = ReadonlyMap<string, 'boolean' | 'choice' | 'string'>;

const branch = 'github.ref_name';

/** A pattern that is compared as it is or with `*`, and not as a regular expression. */
const patternOf = (call: Call) =>
  constantOf(call.named.get('comparator')) === 'REGEXP'
    ? undefined
    : constantArgument(call, 'pattern');

/** `name` is it, where `*` stands for anything at the end. */
function like(name: string, pattern: string | undefined): string | undefined {
  if (pattern === undefined) return undefined;
  if (!/[*?[{]/.test(pattern)) return `${name} == ${quoted(pattern)}`;
  const [, beginning] = /^([^*?[{]+)\*{1,2}$/.exec(pattern) ?? [];
  return beginning && `startsWith(${name}, ${quoted(beginning)})`;
}

/** A condition that can stand beside another. */
const grouped = (condition: string) =>
  condition.includes('||') ? `(${condition})` : condition;

const joined = (conditions: (string | undefined)[], by: string) =>
  conditions.every(condition => condition !== undefined)
    ? conditions.map(condition => grouped(condition!)).join(` ${by} `)
    : undefined;

const contexts: Record<string, string> = {
  BRANCH_NAME: branch,
  GIT_BRANCH: branch,
  TAG_NAME: branch,
  CHANGE_ID: 'github.event.pull_request.number',
  CHANGE_TARGET: 'github.base_ref',
  BUILD_NUMBER: 'github.run_number',
};

/**
 * A condition of Groovy as one of GitHub.
 *
 * @returns `undefined` when it holds more than names, texts and the usual operators
 */
export function conditionOf(
  source: string,
  inputs: Parameters,
): string | undefined {
  let rest = source.replace(/^return\b/, '').trim();
  let translated = '';
  while (rest) {
    const [token] =
      /^(?:==|!=|&&|\|\||<=|>=|[!()<>]|'[^'\n]*'|"[^"$\n]*"|\d+|[A-Za-z_][\w.]*)/.exec(
        rest,
      ) ?? [];
    if (!token) return undefined;
    rest = rest.slice(token.length).trimStart();
    let next = token;
    if (/^['"]/.test(token)) {
      next = quoted(token.slice(1, -1));
    } else if (/^[A-Za-z_]/.test(token) && !/^(true|false|null)$/.test(token)) {
      if (rest.startsWith('(')) return undefined;
      const [, from, name] = /^(env\.|params\.)?(\w+)$/.exec(token) ?? [];
      if (!name) return undefined;
      if (!from && !contexts[name] && !/^[A-Z]\w*$/.test(name)) {
        return undefined;
      }
      const own =
        // A variable is always a text, and "false" is one as well.
        inputs.get(name) === 'boolean'
          ? `fromJSON(env.${name})`
          : `env.${name}`;
      next = contexts[name] ?? own;
    }
    translated += !translated || /[!(]$/.test(translated) ? next : ` ${next}`;
  }
  return translated.replaceAll(' )', ')');
}

function conditionOfCall(call: Call, inputs: Parameters): string | undefined {
  const inner = () =>
    (call.body ?? []).map(one => conditionOfWhen([one], inputs));
  switch (call.name) {
    case 'branch':
      return like(branch, patternOf(call));
    case 'buildingTag':
      return "github.ref_type == 'tag'";
    case 'tag': {
      const named = like(branch, patternOf(call));
      return named && `github.ref_type == 'tag' && ${named}`;
    }
    case 'changeRequest': {
      const isOne = "github.event_name == 'pull_request'";
      if (call.named.size === 0) return isOne;
      const target = constantArgument(call, 'target');
      const into = target && like('github.base_ref', target);
      return into && `${isOne} && ${into}`;
    }
    case 'environment': {
      const name = constantArgument(call, 'name');
      const value = constantArgument(call, 'value');
      if (name === undefined || value === undefined) return undefined;
      return conditionOf(`${name} == '${value}'`, inputs);
    }
    case 'triggeredBy':
      return constantArgument(call, 'cause') === 'TimerTrigger'
        ? "github.event_name == 'schedule'"
        : undefined;
    case 'expression': {
      const [only, ...more] = call.body ?? [];
      return only && more.length === 0
        ? conditionOf(only.source, inputs)
        : undefined;
    }
    case 'not': {
      const [condition] = inner();
      return condition && `!(${condition})`;
    }
    case 'allOf':
      return joined(inner(), '&&');
    case 'anyOf':
      return joined(inner(), '||');
    default:
      return undefined;
  }
}

/**
 * What a `when` says, as a condition of GitHub.
 *
 * @returns `undefined` when a part of it has no counterpart
 */
export function conditionOfWhen(
  statements: Statement[],
  inputs: Parameters,
): string | undefined {
  const conditions = statements
    // When it is asked makes no difference to the answer.
    .filter(({ source }) => !/^before\w+/.test(source))
    .map(statement =>
      statement.kind === 'call'
        ? conditionOfCall(statement, inputs)
        : undefined,
    );
  return conditions.length === 1 ? conditions[0] : joined(conditions, '&&');
}

/** Both of two conditions, either of which may be absent. */
export function both(first?: string, second?: string): string | undefined {
  if (!first || !second) return first ?? second;
  return `${grouped(first)} && ${grouped(second)}`;
}
