import { numberOf } from '../../forecast/calendar';
import type { Subject } from './Anomaly';

/** What is asked of an anomaly to find those it belongs to. */
export type Begun = Subject & {
  id: string;
  first: string;
  /** Whether it cost more than expected, not less. */
  isMore: boolean;
};

/** What begins so many days after the first may come of the same thing: some services bill by the day after. */
const slack = 3;

/** What an anomaly has in common with those of the same event: its owner, or its service. */
const tiesOf = ({ groupRef, service, currency, isMore }: Begun): string[] => [
  JSON.stringify([currency, isMore, 'service', service]),
  // That nobody owns two things says nothing of what they have to do with each other.
  ...(groupRef === null
    ? []
    : [JSON.stringify([currency, isMore, 'group', groupRef])]),
];

/**
 * Says which anomalies belong to one another: those that begin on the same
 * days, go the same way, and are of one owner or of one service. So a launch
 * that moves five services of a team is one event, and so is a price that
 * moves a service of five teams. Pure: the same anomalies are the same events.
 *
 * @param anomalies - in any order
 * @returns for each, the id of the first anomaly of its event
 */
export function eventsOf(anomalies: Begun[]): Map<string, string> {
  const sorted = [...anomalies].sort(
    (one, other) =>
      one.first.localeCompare(other.first) || one.id.localeCompare(other.id),
  );
  const joinedTo = new Map<string, string>();
  const begin = new Map<string, number>();
  const eventOf = (id: string): string => {
    const to = joinedTo.get(id);
    return to === undefined ? id : eventOf(to);
  };
  const newestBy = new Map<string, string>();
  for (const anomaly of sorted) {
    const day = numberOf(anomaly.first);
    const ties = tiesOf(anomaly);
    const events = new Set(
      ties.flatMap(tie => {
        const newest = newestBy.get(tie);
        return newest === undefined ? [] : [eventOf(newest)];
      }),
    );
    const near = [...events].filter(
      event => day - (begin.get(event) ?? -Infinity) <= slack,
    );
    // Of several events the one that began first takes the others up.
    const [event = anomaly.id, ...others] = near.sort(
      (one, other) =>
        (begin.get(one) ?? 0) - (begin.get(other) ?? 0) ||
        one.localeCompare(other),
    );
    if (event === anomaly.id) begin.set(event, day);
    else joinedTo.set(anomaly.id, event);
    for (const other of others) joinedTo.set(other, event);
    for (const tie of ties) newestBy.set(tie, anomaly.id);
  }
  return new Map(anomalies.map(({ id }) => [id, eventOf(id)]));
}
