import { NotFoundError } from '@backstage/errors';
import { isSettled } from '@waymark/plugin-infrastructure-common';
import type {
  AuditQuery,
  History,
  OfferingDetail,
  OfferingList,
  OrphanSearch,
  RequestDetail,
  RequestsQuery,
  ResourceDetail,
  ResourceState,
  ResourcesQuery,
  Timing,
} from '@waymark/plugin-infrastructure-common';
import type { Knex } from 'knex';
import type { AuditTrail } from '../audit/AuditTrail';
import { withApprovals } from '../decisions/DecisionRecorder';
import { obstaclesOf } from '../decisions/obstacles';
import type { RightSizing } from '../decisions/RightSizing';
import type { Engines, Offering, Offerings } from '../offerings/Offerings';
import type { RunQueue, RunRow } from '../queue/RunQueue';
import type { DelegationStore } from '../requests/DelegationStore';
import type { Actor, Actors, Caller } from '../requests/people';
import type { RequestRow, ResourceRow } from '../requests/records';
import type { RequestStore } from '../requests/RequestStore';
import type { OrphanSearcher } from '../resources/OrphanSearcher';
import type { Outputs } from '../runs/Outputs';
import type { RunLogStore } from '../runs/RunLog';
import type { EstimateAccuracy } from './EstimateAccuracy';
import { canBeAskedAgain } from './askingAgain';
import { historyOf } from './history';
import { listRequests, listResources, requestsWithResources } from './lists';
import { mayOf } from './mayOf';
import { nextStep } from './nextStep';
import { toRun } from './runs';
import {
  toRequestSummary,
  toResourceSummary,
  type ListedRequest,
} from './summaries';
import type { ViewsService } from './ViewsService';

/** What the service works with. */
type Parts = {
  accuracy: EstimateAccuracy;
  knex: Knex;
  actors: Actors;
  audit: AuditTrail;
  delegations: DelegationStore;
  engines: Engines;
  logs: RunLogStore;
  offerings: Offerings;
  orphans: OrphanSearcher;
  outputs: Outputs;
  queue: RunQueue;
  requests: RequestStore;
  rightSizing: RightSizing;
};

/** How much of what happened to a request is shown at once. */
const mostEvents = 200;

/** {@inheritDoc ViewsService} */
export class DefaultViewsService implements ViewsService {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static create(parts: Parts): DefaultViewsService {
    return new DefaultViewsService(parts);
  }

  async offerings(): Promise<OfferingList> {
    const { engines, offerings } = this.#parts;
    const all = offerings.all();
    const timings = await this.#timings(all);
    const items = await Promise.all(
      all.map(offering =>
        offering.describe(
          timings.get(offering.name)!,
          engines.get(offering.file.spec.engine.name),
        ),
      ),
    );
    return { items, problems: [...offerings.problems] };
  }

  async offering(name: string): Promise<OfferingDetail> {
    const { engines, offerings } = this.#parts;
    const offering = offerings.get(name);
    return offering.detail(
      await this.#timing(offering),
      engines.get(offering.file.spec.engine.name),
      other => offerings.get(other).file.metadata.title,
    );
  }

  async accuracy(name: string, caller: Caller) {
    const { accuracy, offerings } = this.#parts;
    return accuracy.of(offerings.get(name), caller);
  }

  async requests(query: RequestsQuery, caller: Caller) {
    const { actors, delegations, knex } = this.#parts;
    const { ref } = await actors.of(caller);
    const delegators =
      query.view === 'approvals' ? await delegations.delegatorsOf(ref) : [];
    const { rows, total } = await listRequests(knex, query, {
      ref,
      delegators,
    });
    return { items: rows.map(toRequestSummary), total };
  }

  async request(id: string, caller: Caller): Promise<RequestDetail> {
    const { actors, audit, knex, offerings } = this.#parts;
    const [row, by]: [
      (
        | (RequestRow &
            ListedRequest &
            Pick<ResourceRow, 'data_class' | 'existing'> & {
              resource_state: ResourceState;
            })
        | undefined
      ),
      Actor,
    ] = await Promise.all([
      requestsWithResources(knex)
        .select('q.*', 'r.data_class', 'r.existing')
        .select({ resource_state: 'r.state' })
        .where('q.id', id)
        .first(),
      actors.of(caller),
    ]);
    if (!row) throw new NotFoundError(`There is no request ${id}`);
    const known = offerings.find(row.offering);
    const [delegators, isOvertaken, plan, approvals, runs, trail, timing] =
      await Promise.all([
        this.#parts.delegations.delegatorsOf(by.ref),
        this.#parts.requests.isOvertaken(row),
        row.plan_id
          ? knex('plans').where({ id: row.plan_id }).first()
          : undefined,
        knex('approvals').where({ request_id: id }).orderBy('at'),
        knex<RunRow>('runs').where({ request_id: id }).orderBy('created_at'),
        audit.newest({ request: id, limit: mostEvents }),
        known && this.#timing(known),
      ]);
    const decision = row.decision && {
      ...row.decision,
      approvers: withApprovals(
        row.decision.approvers,
        approvals.filter(
          ({ verdict, plan_hash }) =>
            verdict === 'approve' && plan_hash === plan?.hash,
        ),
      ),
    };
    const usual = runs.some(({ state }) => state === 'running')
      ? await this.#parts.queue.stepTimings(row.offering, row.kind)
      : [];
    const resource = { name: row.name, state: row.resource_state };
    const obstacles = obstaclesOf({ state: row.state, resource, isOvertaken });
    return {
      ...toRequestSummary(row),
      offeringVersion: row.offering_version,
      ...(row.data_class && { dataClass: row.data_class }),
      ...(row.time_to_live_days && { timeToLiveDays: row.time_to_live_days }),
      parameters: row.parameters,
      ...(row.reason && { reason: row.reason }),
      ...(row.change.owner && { newOwner: row.change.owner }),
      ...(row.existing && { existing: row.existing }),
      ...(row.change.markedFor && { markedFor: row.change.markedFor }),
      ...(row.message && { message: row.message }),
      ...(row.expires_at && { expiresAt: row.expires_at.toISOString() }),
      next: nextStep({
        state: row.state,
        kind: row.kind,
        approvers: decision?.approvers ?? [],
        remark: row.message ?? undefined,
        usualSeconds: timing?.p50Seconds ?? timing?.promisedSeconds,
        obstacles,
      }),
      ...(plan && {
        plan: {
          hash: plan.hash,
          changes: plan.changes,
          madeAt: plan.made_at.toISOString(),
        },
      }),
      ...(decision && { decision }),
      approvals: approvals.map(approval => ({
        by: approval.by_ref,
        verdict: approval.verdict,
        ...(approval.comment && { comment: approval.comment }),
        at: approval.at.toISOString(),
        planHash: approval.plan_hash,
        ...(approval.for_refs.length > 0 && { insteadOf: approval.for_refs }),
        counts: approval.plan_hash === plan?.hash,
      })),
      runs: runs.map(run => toRun(run, usual)),
      history: historyOf(trail.items),
      earlierHistory: trail.earlier,
      may: mayOf(row, by, {
        approvers: decision?.approvers ?? [],
        delegators,
        obstacles,
        isRepeatable: canBeAskedAgain({ ...row, resource, offering: known }),
      }),
    };
  }

  async history(id: string, before: number | undefined): Promise<History> {
    const { audit, requests } = this.#parts;
    await requests.order(id);
    const { items, earlier } = await audit.newest({
      request: id,
      before,
      limit: mostEvents,
    });
    return { items: historyOf(items), earlier };
  }

  async log(id: string, after: number) {
    const { logs, requests } = this.#parts;
    const { request } = await requests.order(id);
    const lines = await logs.read(id, after);
    return { lines, more: lines.length === 1000 || !isSettled(request.state) };
  }

  async resources(query: ResourcesQuery) {
    const { offerings, knex } = this.#parts;
    const { rows, total } = await listResources(knex, query);
    const known = new Map(offerings.all().map(each => [each.name, each]));
    return {
      items: rows.map(row => toResourceSummary(row, known.get(row.offering))),
      total,
    };
  }

  async resource(id: string, caller: Caller): Promise<ResourceDetail> {
    const { actors, engines, knex, offerings, outputs, requests } = this.#parts;
    const row = await requests.resource(id);
    const offering = offerings.find(row.offering);
    const shortfall = offering?.shortfall(
      engines.get(offering.file.spec.engine.name),
    );
    const [by, hints, listed, described] = await Promise.all([
      actors.of(caller),
      this.#hints(row, offering),
      requestsWithResources(knex)
        .where('q.resource_id', id)
        .orderBy('q.created_at', 'desc')
        .limit(50),
      offering ? outputs.describe(id, offering, row.outputs) : [],
    ]);
    const mine = by.groups.includes(row.owner_ref);
    return {
      ...toResourceSummary(row, offering),
      ...(row.data_class && { dataClass: row.data_class }),
      parameters: row.parameters,
      outputs: described,
      tags: row.tags,
      ...(shortfall && { shortfall }),
      ...(row.observed_at && { observedAt: row.observed_at.toISOString() }),
      ...(row.drift && { drift: row.drift }),
      ...(hints.length > 0 && { hints }),
      ...(row.existing && { existing: row.existing }),
      ...(row.accepted_drift && { acceptedDrift: row.accepted_drift }),
      requests: listed.map(toRequestSummary),
      may: {
        change: mine && !['destroyed', 'withdrawn'].includes(row.state),
        reveal: mine,
      },
    };
  }

  /** How its size compares with the team's others, while it is there. */
  async #hints(row: ResourceRow, offering: Offering | undefined) {
    if (!offering || !['ready', 'drifted'].includes(row.state)) return [];
    return this.#parts.rightSizing.hints({
      offering,
      environment: row.environment,
      owner: row.owner_ref,
      parameters: row.parameters,
      resourceId: row.id,
    });
  }

  async orphans(): Promise<OrphanSearch> {
    const { offerings } = this.#parts;
    const { gone, ...found } = await this.#parts.orphans.search();
    const known = new Map(offerings.all().map(each => [each.name, each]));
    return {
      ...found,
      gone: gone.map(row => toResourceSummary(row, known.get(row.offering))),
    };
  }

  async audit(query: AuditQuery) {
    return this.#parts.audit.read(query);
  }

  async #timing(offering: Offering): Promise<Timing> {
    return (await this.#timings([offering])).get(offering.name)!;
  }

  /** What was promised of each offering, beside what was measured. */
  async #timings(offerings: Offering[]): Promise<Map<string, Timing>> {
    const measured = await this.#parts.queue.timings(
      offerings.map(({ name }) => name),
    );
    return new Map(
      offerings.map(({ name, file }) => {
        const { samples, p50, p90 } = measured.get(name)!;
        return [
          name,
          {
            promisedSeconds: Math.round(file.spec.expectedMinutes * 60),
            samples,
            ...(p50 !== null && { p50Seconds: p50 }),
            ...(p90 !== null && { p90Seconds: p90 }),
          },
        ];
      }),
    );
  }
}
