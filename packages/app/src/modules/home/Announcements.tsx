import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { RiMegaphoneLine } from '@remixicon/react';
import { useMemo } from 'react';
import { Link } from 'react-router-dom';
import { readAnnouncements } from './announcements';
import styles from './Home.module.css';

/** What the platform team wants everybody to know, while it holds. */
export function Announcements() {
  const config = useApi(configApiRef);
  const announcements = useMemo(
    () => readAnnouncements(config, new Date()),
    [config],
  );
  if (announcements.length === 0) return null;
  return (
    <section aria-label="Announcements" className={styles.announcements}>
      {announcements.map(({ title, text, link }) => (
        <div key={title} className={styles.announcement}>
          <RiMegaphoneLine size={20} aria-hidden="true" />
          <p>
            <strong>{title}.</strong> {text}{' '}
            {link && (
              <Link to={link} aria-label={`Read more: ${title}`}>
                Read more
              </Link>
            )}
          </p>
        </div>
      ))}
    </section>
  );
}
