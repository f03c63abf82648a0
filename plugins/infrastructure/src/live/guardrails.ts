import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ComplianceQuery,
  ComplianceReport,
  Delegation,
  Exception,
  ExceptionPage,
  ExceptionsQuery,
  Judgement,
} from '@waymark/plugin-infrastructure-common';
import { useLive, type Live } from '@waymark/plugin-parts-react';
import { useCallback } from 'react';
import { guardrailsApiRef, type GuardrailsApi } from '../api/GuardrailsApi';
import type { Asking } from '../api/InfrastructureApi';
import { changedChannel } from './useInfrastructure';

type Question<Q, T> = (
  api: GuardrailsApi,
  query: Q,
  asking: Asking,
) => Promise<T>;

function useGuardrails<Q, T>(ask: Question<Q, T>, query: Q): Live<T> {
  const api = useApi(guardrailsApiRef);
  // Compared as text: every render makes a new object of the same question.
  const question = JSON.stringify(query);
  const put = useCallback(
    (signal: AbortSignal) => ask(api, JSON.parse(question) as Q, { signal }),
    [ask, api, question],
  );
  return useLive(put, changedChannel);
}

const exceptions: Question<ExceptionsQuery, ExceptionPage> = (
  api,
  query,
  asking,
) => api.listExceptions(query, asking);

const exception: Question<string, Exception> = (api, id, asking) =>
  api.getException(id, asking);

const compliance: Question<ComplianceQuery, ComplianceReport> = (
  api,
  query,
  asking,
) => api.listCompliance(query, asking);

const judgement: Question<string, Judgement> = (api, id, asking) =>
  api.getJudgement(id, asking);

const delegations: Question<'all', Delegation[]> = (api, _query, asking) =>
  api.listDelegations(asking);

/** A page of exceptions. */
export const useExceptions = (query: ExceptionsQuery) =>
  useGuardrails(exceptions, query);

/** One exception. */
export const useException = (id: string) => useGuardrails(exception, id);

/** A page of the compliance report. */
export const useCompliance = (query: ComplianceQuery) =>
  useGuardrails(compliance, query);

/** A judgement with its evidence. */
export const useJudgement = (id: string) => useGuardrails(judgement, id);

/** Who stands in for whom. */
export const useDelegations = () => useGuardrails(delegations, 'all');
