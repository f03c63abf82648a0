import type { ParsedTemplateSchema } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonObject, JsonValue } from '@backstage/types';

/** One answer as a person reads it. */
export type Answer = { label: string; text: string };

/** The answers of one step. */
export type StepAnswers = { title: string; step: number; answers: Answer[] };

type Field = {
  title?: string;
  enum?: JsonValue[];
  enumNames?: string[];
  'ui:widget'?: string;
  'ui:field'?: string;
  'ui:backstage'?: {
    review?: { show?: boolean; mask?: string; name?: string };
  };
};

function words(key: string): string {
  const spaced = key.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ');
  return spaced.charAt(0).toLocaleUpperCase('en-US') + spaced.slice(1);
}

function textOf(value: JsonValue | undefined, field: Field): string {
  if (value === undefined || value === null || value === '') return 'Not given';
  if (field['ui:widget'] === 'password' || field['ui:field'] === 'Secret') {
    return '••••••';
  }
  const place = field.enum?.indexOf(value) ?? -1;
  if (field.enumNames?.[place]) return field.enumNames[place];
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) {
    return value.length === 0
      ? 'None'
      : value.map(item => textOf(item, {})).join(', ');
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, inner]) => `${words(key)}: ${textOf(inner, {})}`)
      .join(', ');
  }
  return String(value);
}

function answerOf(
  key: string,
  value: JsonValue | undefined,
  field: Field,
): Answer[] {
  const review = field['ui:backstage']?.review;
  if (review?.show === false) return [];
  return [
    {
      label: review?.name ?? field.title ?? words(key),
      text: review?.mask ?? textOf(value, field),
    },
  ];
}

/**
 * What was answered, step by step, under the titles that the form asked by. A
 * secret is masked; what a template keeps out of its review stays out.
 */
export function answersOf(
  steps: Pick<ParsedTemplateSchema, 'title' | 'mergedSchema'>[],
  values: JsonObject,
): StepAnswers[] {
  const asked = new Set<string>();
  const answered = steps.map(({ title, mergedSchema }, step) => {
    const properties = (mergedSchema.properties ?? {}) as Record<string, Field>;
    return {
      title,
      step,
      answers: Object.entries(properties).flatMap(([key, field]) => {
        asked.add(key);
        return answerOf(key, values[key], field);
      }),
    };
  });
  // Fields that appear with an answer are no properties of the step itself.
  const further = Object.entries(values)
    .filter(([key]) => !asked.has(key))
    .flatMap(([key, value]) => answerOf(key, value, {}));
  return [
    ...answered,
    { title: 'Further answers', step: steps.length - 1, answers: further },
  ].filter(({ answers }) => answers.length > 0);
}

/** The entity references among the answers. */
export function refsIn(answers: StepAnswers[]): string[] {
  const texts = answers.flatMap(step => step.answers.map(({ text }) => text));
  return texts.filter(text => /^[a-z]+:[\w.-]+\/[\w.-]+$/i.test(text));
}
