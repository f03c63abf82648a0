import { Card, CardBody, CardHeader } from '@backstage/ui';
import { type ReactNode, useId } from 'react';
import styles from './Panel.module.css';

/** A titled part of an entity page that screen readers can jump to. */
export function Panel(props: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Card className={styles.panel}>
        <CardHeader className={styles.header}>
          <h2 id={id} className={styles.title}>
            {props.title}
          </h2>
          {props.actions}
        </CardHeader>
        <CardBody className={styles.body}>{props.children}</CardBody>
      </Card>
    </section>
  );
}
