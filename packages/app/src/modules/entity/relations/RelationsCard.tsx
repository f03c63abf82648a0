import { parseEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Alert, Button } from '@backstage/ui';
import { useId, useState } from 'react';
import { Panel } from '../overview/Panel';
import { titleOf } from '../related/fields';
import {
  type RelatedEntities,
  useRelatedEntities,
} from '../related/RelatedEntities';
import { EntityRow } from './EntityRow';
import { relationSections, relationSentence, type Section } from './sections';
import styles from './RelationsCard.module.css';

const SHOWN_AT_FIRST = 8;

const TITLES: Record<string, string> = {
  system: 'What it is made of',
  domain: 'What it is made of',
  group: 'People and what they own',
  user: 'Teams and what they own',
  api: 'Who provides and consumes it',
};

function SectionList(props: { section: Section; related: RelatedEntities }) {
  const { section, related } = props;
  const [all, setAll] = useState(false);
  const id = useId();
  const shown = all ? section.refs : section.refs.slice(0, SHOWN_AT_FIRST);
  const hidden = section.refs.length - shown.length;
  return (
    <div className={styles.section}>
      <h3 id={id} className={styles.heading}>
        {section.title}
        <span className={styles.count}>{section.refs.length}</span>
      </h3>
      <ul aria-labelledby={id} className={styles.list}>
        {shown.map(ref => (
          <EntityRow
            key={ref}
            entityRef={ref}
            entity={related.byRef.get(ref)}
            loading={related.loading}
          />
        ))}
      </ul>
      {hidden > 0 && (
        <Button variant="tertiary" onPress={() => setAll(true)}>
          {`Show ${hidden} more`}
        </Button>
      )}
    </div>
  );
}

/** How an entity stands to others: in one sentence, then one by one. */
export function RelationsCard() {
  const { entity } = useEntity();
  const related = useRelatedEntities();
  const sections = relationSections(entity, related);
  const sentence = relationSentence(sections, ref => {
    const known = related.byRef.get(ref);
    return known ? titleOf(known) : parseEntityRef(ref).name;
  });
  return (
    <Panel title={TITLES[entity.kind.toLowerCase()] ?? 'How it relates'}>
      {related.error && (
        <Alert
          icon
          status="danger"
          title="What surrounds it could not be loaded"
          description={related.error.message}
        />
      )}
      {sections.length === 0 ? (
        <p className={styles.sentence}>
          Nothing in the catalog says how it relates to anything else.
        </p>
      ) : (
        <>
          {!related.loading && <p className={styles.sentence}>{sentence}</p>}
          <div className={styles.sections}>
            {sections.map(section => (
              <SectionList
                key={section.id}
                section={section}
                related={related}
              />
            ))}
          </div>
        </>
      )}
    </Panel>
  );
}
