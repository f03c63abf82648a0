import { InputError } from '@backstage/errors';
import { instant as anyInstant, type Fact } from '@waymark/plugin-dora-node';
import { z } from 'zod';

/** What git, PostgreSQL and calendars all understand. */
const years = { first: 1970, last: 2199 };

const instant = anyInstant.refine(at => {
  const year = new Date(at).getUTCFullYear();
  return year >= years.first && year <= years.last;
}, `is not between the years ${years.first} and ${years.last}`);

/** PostgreSQL keeps no NUL and no half of a character. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/\S/, 'must not be empty')
    .refine(
      given => !given.includes('\0') && !/\p{Surrogate}/u.test(given),
      'holds characters that are no text',
    );
const sha = text(100).regex(/^[0-9a-zA-Z._-]+$/, 'must be the id of a commit');
const url = z.url({ protocol: /^https?$/ }).max(2000);
/** Absent and null mean the same: nothing is said. */
const unsaid = <T extends z.ZodType>(type: T) =>
  type.nullish().transform(value => value ?? undefined);

const common = {
  // Numbers are what many systems use for ids.
  id: z.union([text(300), z.number().int().transform(String)]),
  service: text(300),
  url: unsaid(url),
  title: unsaid(text(1000)),
};

const deployment = z.object({
  type: z.literal('deployment'),
  ...common,
  environment: text(100),
  status: z.enum(['success', 'failure', 'cancelled']),
  startedAt: unsaid(instant),
  finishedAt: unsaid(instant),
  sha: unsaid(sha),
  commits: unsaid(z.array(sha).max(10_000)),
  ref: unsaid(text(300)),
  author: unsaid(text(300)),
  kind: unsaid(z.enum(['rollback', 'hotfix'])),
});

const change = z.object({
  type: z.literal('change'),
  ...common,
  number: unsaid(z.union([text(50), z.number().int().transform(String)])),
  author: unsaid(text(300)),
  ref: unsaid(text(300)),
  firstCommitAt: unsaid(instant),
  openedAt: unsaid(instant),
  firstReviewAt: unsaid(instant),
  approvedAt: unsaid(instant),
  mergedAt: unsaid(instant),
  mergeSha: unsaid(sha),
  commits: unsaid(z.array(z.object({ sha, authoredAt: instant })).max(10_000)),
});

const incident = z.object({
  type: z.literal('incident'),
  ...common,
  severity: unsaid(text(100)),
  createdAt: instant,
  // Null says that it is open.
  resolvedAt: instant.nullish(),
  causedBy: unsaid(
    z.union([z.object({ deployment: text(300) }), z.object({ sha })]),
  ),
  isChangeRelated: unsaid(z.boolean()),
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
  const { service, ...fact } = parsed.data;
  const problem = disorder(fact);
  if (problem) throw new InputError(problem);
  return { ...fact, service: { entity: service }, observedAt };
}

type Line = z.infer<typeof line>;

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
