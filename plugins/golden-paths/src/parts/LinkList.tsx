import { Link } from '@backstage/ui';
import styles from './Parts.module.css';

/** So many of something, and where they are listed. */
export type PartLink = { count: number; text: string; href: string };

/** Leads from a number to what it is made of; what is nothing is left out. */
export function LinkList(props: { label: string; links: PartLink[] }) {
  const links = props.links.filter(({ count }) => count > 0);
  if (links.length === 0) return null;
  return (
    <ul className={styles.links} aria-label={props.label}>
      {links.map(({ count, text, href }) => (
        <li key={text}>
          <Link href={href}>{`${count} ${text}`}</Link>
        </li>
      ))}
    </ul>
  );
}
