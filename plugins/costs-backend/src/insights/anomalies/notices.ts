import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Anomaly } from '@waymark/plugin-costs-common';
import { moneyText } from '../../charges/money';

type Notice = NotificationSendOptions['payload'];

/** Says that services cost their owner something else than was to be expected. */
export function anomalyNotice(anomaly: Anomaly): Notice {
  const { id, parts, currency, first, last, expected, actual } = anomaly;
  const [{ service, title, score }, ...others] = parts;
  const isMore = score > 0;
  const days = first === last ? `On ${first}` : `From ${first} to ${last}`;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return {
    title: `${service || 'Something'}${more} of ${title} ${
      more ? 'cost' : 'costs'
    } ${isMore ? 'more' : 'less'} than expected`,
    description: `${days} it came to ${moneyText(
      actual,
      currency,
    )}, and ${moneyText(expected, currency)} was to be expected.`,
    link: `/costs/anomalies?${new URLSearchParams({ anomaly: id })}`,
    severity: isMore ? 'high' : 'normal',
    topic: 'Cost anomalies',
    // What is found later of the same takes the place of what was told.
    scope: `costs-anomaly-${id}`,
  };
}
