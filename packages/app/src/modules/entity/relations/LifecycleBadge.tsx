import styles from './LifecycleBadge.module.css';

const TONES: Record<string, string> = {
  production: styles.production,
  experimental: styles.experimental,
  deprecated: styles.deprecated,
};

/**
 * How far an entity can be relied on.
 *
 * @param props.quiet - shows only what deviates from production
 */
export function LifecycleBadge(props: { lifecycle?: string; quiet?: boolean }) {
  const { lifecycle, quiet } = props;
  const known = lifecycle?.toLowerCase() ?? '';
  if (!lifecycle || (quiet && known === 'production')) {
    return null;
  }
  return (
    <span className={`${styles.badge} ${TONES[known] ?? ''}`}>{lifecycle}</span>
  );
}
