import type {
  ComplianceFinding,
  ComplianceQuery,
} from '@waymark/plugin-infrastructure-common';
import { offsetOf } from '@waymark/plugin-parts-react';
import { complianceWords } from '../words/guardrails';

/** How many rows a page of the report has. */
export const limit = 50;

/** What may be found, the gravest first. */
export const findings = Object.keys(complianceWords) as ComplianceFinding[];

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const environmentPattern = /^[a-z][a-z0-9-]{0,62}$/;
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The moment that a day stands for: its end, or now while it is not over. */
export function momentOf(day: string, now = new Date()): string | undefined {
  if (!dayPattern.test(day) || Number.isNaN(Date.parse(day))) return undefined;
  const end = `${day}T23:59:59.999Z`;
  return new Date(end) < now ? end : undefined;
}

/** The part of the report that an address asks for; what makes no sense counts as nothing. */
export function complianceQuery(
  params: URLSearchParams,
  now = new Date(),
): ComplianceQuery {
  const fitting = (key: string, pattern: RegExp) => {
    const text = params.get(key) ?? '';
    return pattern.test(text) ? text : undefined;
  };
  const finding = findings.find(each => each === params.get('finding'));
  return {
    at: momentOf(params.get('on') ?? '', now),
    owner: params.get('owner') || undefined,
    environment: fitting('environment', environmentPattern),
    rule: params.get('rule') || undefined,
    resource: fitting('resource', idPattern),
    finding: finding && [finding],
    limit,
    offset: offsetOf(params.get('offset')),
  };
}
