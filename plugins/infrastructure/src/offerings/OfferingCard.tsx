import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Box, Link } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';
import type { Offering } from '@waymark/plugin-infrastructure-common';
import { useId } from 'react';
import { useLocation } from 'react-router-dom';
import { offeringRouteRef } from '../routes';
import { moneyRange } from '../words/money';
import { Timing } from './Timing';
import styles from './Offerings.module.css';

function Warning({ title, text }: { title: string; text: string }) {
  return (
    <p className={styles.unavailable}>
      <RiAlertLine size={18} aria-hidden />
      <span>
        <strong>{title}</strong> {text}
      </span>
    </p>
  );
}

/** Why an offering cannot be had here, or not in full. */
export function Unavailable({ offering }: { offering: Offering }) {
  const { available, engine, shortfall, unavailableReason } = offering;
  if (available === false) {
    return (
      <Warning
        title="Not available here."
        text={unavailableReason ?? `The engine ${engine} does not run here.`}
      />
    );
  }
  return shortfall ? (
    <Warning title="Only in part here." text={shortfall} />
  ) : null;
}

/** What an offering costs before anybody chose. */
export function priceText(offering: Offering): string {
  return offering.monthlyCost
    ? `from ${moneyRange(offering.monthlyCost)} a month`
    : 'price in the form';
}

/** An offering in few words. */
export function OfferingCard({ offering }: { offering: Offering }) {
  const id = useId();
  const hrefOf = useRouteRef(offeringRouteRef);
  // Whom it is for was said already, and goes along to the form.
  const { search } = useLocation();
  return (
    <Box as="article" bg="neutral" className={styles.card} aria-labelledby={id}>
      <div>
        <h3 id={id} className={styles.title}>
          <Link href={`${hrefOf?.({ name: offering.name }) ?? ''}${search}`}>
            {offering.title}
          </Link>
        </h3>
        <p className={styles.summary}>{offering.summary}</p>
      </div>
      <Unavailable offering={offering} />
      <Timing timing={offering.timing} />
      <p className={styles.facts}>
        <span className={offering.monthlyCost && styles.price}>
          {priceText(offering)}
        </span>
        <span>by {offering.engine}</span>
        <span>{offering.environments.join(', ')}</span>
      </p>
    </Box>
  );
}
