import type { Call, Value } from '../jenkinsfile/Statement';

/** The one text that a value can be, when it holds no expression. */
export function constantOf(value: Value | undefined): string | undefined {
  if (value?.kind === 'literal') return String(value.value);
  if (value?.kind !== 'text') return undefined;
  const texts = value.parts.map(part => ('text' in part ? part.text : null));
  return texts.includes(null) ? undefined : texts.join('');
}

/** An argument by its name, or the first without one. */
export function argument(call: Call, name: string): Value | undefined {
  return call.named.get(name) ?? call.positional[0];
}

/** The same as a constant. */
export const constantArgument = (call: Call, name: string) =>
  constantOf(argument(call, name));

/** What a text refers to, without `env.` and `params.`; `undefined` for more than a name. */
export function variableIn(expression: string): string | undefined {
  return /^(?:env\.|params\.)?([A-Za-z_]\w*)$/.exec(expression)?.[1];
}

/**
 * A text for a value of the workflow itself, where there is no shell.
 *
 * @param known - what names stand for there
 * @returns `undefined` when the text needs what is known only while it runs
 */
export function workflowText(
  value: Value | undefined,
  known: ReadonlyMap<string, string>,
): string | undefined {
  if (value?.kind === 'literal') return String(value.value);
  if (value?.kind !== 'text') return undefined;
  let text = '';
  for (const part of value.parts) {
    if ('text' in part) {
      text += part.text;
    } else {
      const name = variableIn(part.expression);
      const stands = name === undefined ? undefined : known.get(name);
      if (stands === undefined) return undefined;
      text += stands;
    }
  }
  return text;
}

/** In quotes of an expression of GitHub. */
export const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The command of `sh(returnStdout: true, script: …)`, with or without `.trim()`. */
export function commandOf(value: Value): Value | undefined {
  if (value.kind !== 'call') return undefined;
  const { call } = value;
  const from = call.name === 'trim' && call.on ? call.on : call;
  const returns = from.named.get('returnStdout');
  return from.name === 'sh' && constantOf(returns) === 'true'
    ? argument(from, 'script')
    : undefined;
}
