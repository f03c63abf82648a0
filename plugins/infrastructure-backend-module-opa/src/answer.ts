import type { RuleResult } from '@waymark/plugin-infrastructure-common';
import type { PolicyAnswer } from '@waymark/plugin-infrastructure-node';
import { z } from 'zod';

const effects = ['deny', 'approval', 'warn'] as const;

// Strict: what is not understood may be what matters.
const answerSchema = z.strictObject({
  revision: z.string().min(1),
  results: z.array(
    z.strictObject({
      rule: z.string().min(1),
      effect: z.enum(effects),
      field: z.string().optional(),
      message: z.string(),
      reason: z.string(),
      remedy: z.string(),
      approvers: z
        .array(z.enum(['ownerLead', 'platformTeam', 'budgetOwner']))
        .min(1)
        .optional(),
      exception: z
        .strictObject({
          number: z
            .string()
            .regex(/^\d{1,9}$/)
            .transform(Number),
          until: z.string(),
        })
        .optional(),
    }),
  ),
  rules: z.array(
    z.strictObject({ rule: z.string().min(1), title: z.string() }),
  ),
});

const keyOf = ({ effect, rule, field, message }: RuleResult) =>
  [effects.indexOf(effect), rule, field ?? '', message].join('\n');

/**
 * What the decision of the rules says, the gravest first. Rego's sets have no
 * order, so each evaluator gives its own.
 *
 * @throws Error when it is not an answer, which whoever asks takes for a denial
 */
export function readAnswer(value: unknown): PolicyAnswer {
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) {
    throw new Error(
      `Policy answered what is no answer: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { revision, results, rules } = parsed.data;
  const keyed = results.map(result => ({ result, key: keyOf(result) }));
  keyed.sort((a, b) => Number(a.key > b.key) - Number(a.key < b.key));
  return {
    revision,
    results: keyed.map(({ result }) => result),
    rules: rules.sort((a, b) => (a.rule < b.rule ? -1 : 1)),
  };
}
