import { Container, Link, Skeleton } from '@backstage/ui';
import { Failure, type Live } from '@waymark/plugin-parts-react';
import type { ReactNode } from 'react';
import styles from './Page.module.css';

/** A page about one thing: the way back, and the frame before what fills it. */
export function DetailPage<T>(props: {
  /** The way back to where there are more of it, unless something else shows it. */
  back?: { href: string; text: string };
  /** What it is, for the sentence that says it could not be read. */
  of: string;
  live: Live<T>;
  children: (value: T) => ReactNode;
}) {
  const { back, of, live, children } = props;
  return (
    <Container>
      <div className={styles.page}>
        {back && <Link href={back.href}>{back.text}</Link>}
        {live.error && (
          <Failure
            title={`${of} could not be read`}
            error={live.error}
            onRetry={live.refresh}
          />
        )}
        {live.value !== undefined && children(live.value)}
        {live.value === undefined && !live.error && (
          <div aria-busy="true" className={styles.page}>
            <Skeleton width="40%" height={28} />
            <Skeleton width="100%" height={120} />
            <Skeleton width="100%" height={240} />
          </div>
        )}
      </div>
    </Container>
  );
}

/** What a page is about, and what can be done with it. */
export function DetailHead(props: {
  title: ReactNode;
  summary?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={styles.head}>
      <div>
        <h2 className={styles.name}>{props.title}</h2>
        {props.summary && <p className={styles.summary}>{props.summary}</p>}
      </div>
      {props.actions && <div className={styles.actions}>{props.actions}</div>}
    </div>
  );
}
