import {
  next,
  requestLifecycle,
  type RequestState,
  type ResourceState,
} from '@waymark/plugin-infrastructure-common';

/** How a request stands, as far as it matters for what people may still do about it. */
export type Standing = {
  state: RequestState;
  resource: { name: string; state: ResourceState };
  /** Whether another request for the resource is under way. */
  isOvertaken: boolean;
};

/** Why a request cannot be given up or tried again; what is absent can be done. */
export type Obstacles = { cancel?: string; retry?: string };

/**
 * What stands in the way of what people do about a request. Pages offer what
 * this leaves, and the service refuses the rest.
 */
export function obstaclesOf(standing: Standing): Obstacles {
  const cancel = obstacleToCancelling(standing);
  const retry = obstacleToRetrying(standing);
  return { ...(cancel && { cancel }), ...(retry && { retry }) };
}

/** Given up can be what nothing was done of yet, and what failed to make something and made nothing. */
function obstacleToCancelling({
  state,
  resource,
  isOvertaken,
}: Standing): string | undefined {
  if (state === 'applying') {
    return `The request is being applied: to stop now could leave ${resource.name} half done, with nobody to know how far it came. Wait for its end, then change or destroy it.`;
  }
  if (!next(requestLifecycle, state, 'cancel')) {
    return `The request is ${state}; there is nothing to cancel.`;
  }
  if (state !== 'failed') return undefined;
  if (resource.state !== 'requested') {
    return `The request failed, and ${resource.name} is ${resource.state}: there is nothing to give up. Try it again, or ask for another change.`;
  }
  // With it the resource is withdrawn, which the other request is about.
  return isOvertaken
    ? `Another request for ${resource.name} is under way, and there would be nothing left for it to change. Cancel that one: this one is given up with it.`
    : undefined;
}

function obstacleToRetrying({
  state,
  resource,
  isOvertaken,
}: Standing): string | undefined {
  if (resource.state === 'withdrawn') {
    return 'What was asked for was given up; ask for it again.';
  }
  if (resource.state === 'destroyed') {
    return `${resource.name} is destroyed; ask for a new one.`;
  }
  if (!next(requestLifecycle, state, 'retry')) {
    return `The request is ${state}; there is nothing to try again.`;
  }
  return isOvertaken
    ? `Another request for ${resource.name} is under way; wait for it or cancel it first.`
    : undefined;
}
