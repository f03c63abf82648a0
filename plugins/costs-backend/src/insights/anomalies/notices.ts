import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Anomaly } from '@waymark/plugin-costs-common';
import { moneyText } from '../../charges/money';

type Notice = NotificationSendOptions['payload'];

/** Says that a service costs its owner something else than was to be expected. */
export function anomalyNotice(anomaly: Anomaly): Notice {
  const { id, title, service, currency, first, last, expected, actual } =
    anomaly;
  const isMore = anomaly.score > 0;
  const days = first === last ? `On ${first}` : `From ${first} to ${last}`;
  return {
    title: `${service || 'Something'} of ${title} costs ${
      isMore ? 'more' : 'less'
    } than expected`,
    description: `${days} it came to ${moneyText(
      actual,
      currency,
    )}, and ${moneyText(expected, currency)} was to be expected.`,
    link: `/costs/anomalies?${new URLSearchParams({ anomaly: id })}`,
    severity: isMore ? 'high' : 'normal',
    topic: 'Cost anomalies',
    scope: `costs-anomaly-${id}`,
  };
}
