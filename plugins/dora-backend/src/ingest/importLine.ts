import { InputError } from '@backstage/errors';
import { instant as anyInstant, type Fact } from '@waymark/plugin-dora-node';
import { z } from 'zod';
import { outOfTime } from './outOfTime';

/** What git, PostgreSQL and calendars all understand. */
const years = { first: 1970, last: 2199 };

/** As most systems print it, in these years and on a day that every year has: that needs no second look. */
const printed =
  /^(?:19[7-9]\d|20\d\d|21\d\d)-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

const inTheYears = anyInstant.refine(at => {
  const year = new Date(at).getUTCFullYear();
  return year >= years.first && year <= years.last;
}, `is not between the years ${years.first} and ${years.last}`);

const instant = z.unknown().transform((given, context) => {
  if (typeof given === 'string' && printed.test(given)) return given;
  const { data, error } = inTheYears.safeParse(given);
  error?.issues.forEach(({ message }) =>
    context.addIssue({ code: 'custom', message }),
  );
  return data ?? z.NEVER;
});

/** PostgreSQL keeps no NUL and no half of a character. */
const noText = /[\0\p{Surrogate}]/u;
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/\S/, 'must not be empty')
    .refine(given => !noText.test(given), 'holds characters that are no text');
const sha = z
  .string()
  .regex(/^[0-9a-zA-Z._-]{1,100}$/, 'must be the id of a commit');
const url = z.url({ protocol: /^https?$/ }).max(2000);

const common = {
  // Numbers are what many systems use for ids.
  id: z.union([text(300), z.number().int().transform(String)]),
  service: text(300),
  url: z.nullish(url),
  title: z.nullish(text(1000)),
};

const deployment = z.object({
  type: z.literal('deployment'),
  ...common,
  environment: text(100),
  status: z.enum(['success', 'failure', 'cancelled']),
  startedAt: z.nullish(instant),
  finishedAt: z.nullish(instant),
  sha: z.nullish(sha),
  commits: z.nullish(z.array(sha).max(10_000)),
  ref: z.nullish(text(300)),
  author: z.nullish(text(300)),
  kind: z.nullish(z.enum(['rollback', 'hotfix'])),
});

const change = z.object({
  type: z.literal('change'),
  ...common,
  number: z.nullish(z.union([text(50), z.number().int().transform(String)])),
  author: z.nullish(text(300)),
  ref: z.nullish(text(300)),
  firstCommitAt: z.nullish(instant),
  openedAt: z.nullish(instant),
  firstReviewAt: z.nullish(instant),
  approvedAt: z.nullish(instant),
  mergedAt: z.nullish(instant),
  closedAt: z.nullish(instant),
  mergeSha: z.nullish(sha),
  commits: z.nullish(
    z.array(z.object({ sha, authoredAt: instant })).max(10_000),
  ),
});

const incident = z.object({
  type: z.literal('incident'),
  ...common,
  severity: z.nullish(text(100)),
  createdAt: instant,
  // Null says that it is open.
  resolvedAt: z.nullish(instant),
  causedBy: z.nullish(
    z.union([z.object({ deployment: text(300) }), z.object({ sha })]),
  ),
  isChangeRelated: z.nullish(z.boolean()),
});

const line = z.discriminatedUnion('type', [deployment, change, incident]);

function describe(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`)
    .join('; ');
}

/**
 * Reads one line of an import.
 *
 * @param observedAt - when the import began: a later import restates an earlier one
 * @throws InputError that names each field that is wrong
 */
export function readImportLine(json: string, observedAt: string): Fact {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new InputError(`This is not JSON: ${(error as Error).message}`);
  }
  const parsed = line.safeParse(value);
  if (!parsed.success) throw new InputError(describe(parsed.error));
  const { service, ...given } = parsed.data;
  const fact = { ...said(given), service: { entity: service }, observedAt };
  const problem = disorder(given) ?? outOfTime(fact, Date.parse(observedAt));
  if (problem) throw new InputError(problem);
  return fact;
}

type Line = z.infer<typeof line>;

/** Of these null says that what had ended is open. */
const ends = ['resolvedAt', 'closedAt'] as const;

/** Without null, except where it says something. */
type Said<T> = T extends object
  ? {
      [K in keyof T]: K extends (typeof ends)[number]
        ? T[K]
        : Exclude<T[K], null>;
    }
  : never;

/** Null says nothing, as if it were absent, except of an end. */
function said<T extends object>(fact: T): Said<T> {
  const fields = fact as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    if (fields[name] === null && !ends.some(end => end === name)) {
      fields[name] = undefined;
    }
  }
  return fact as Said<T>;
}

/** What no single field can say. */
function disorder(fact: Omit<Line, 'service'>): string | undefined {
  if (fact.type === 'deployment') {
    const { startedAt, finishedAt } = fact as z.infer<typeof deployment>;
    if (!startedAt && !finishedAt) {
      return 'finishedAt: a deployment says when it finished, or at least when it started';
    }
    return startedAt && finishedAt && finishedAt < startedAt
      ? 'finishedAt: it finished before it started'
      : undefined;
  }
  if (fact.type === 'incident') {
    const { createdAt, resolvedAt } = fact as z.infer<typeof incident>;
    return resolvedAt && resolvedAt < createdAt
      ? 'resolvedAt: it was resolved before it was created'
      : undefined;
  }
  return undefined;
}
