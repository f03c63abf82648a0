import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { ParsedTemplateSchema } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonObject } from '@backstage/types';
import { Button } from '@backstage/ui';
import { Fragment } from 'react';
import { Link } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { titleOf } from '../entity/related/fields';
import { entityHref } from '../home/useMe';
import { answersOf, refsIn } from './answers';
import styles from './Create.module.css';

/** The titles of entities, by reference. One that is not in the catalog has none. */
function useTitles(refs: string[]): ReadonlyMap<string, string> | undefined {
  const catalog = useApi(catalogApiRef);
  const asked = refs.join(' ');
  const { value } = useAsync(async () => {
    if (!asked) return new Map<string, string>();
    const { items } = await catalog.getEntitiesByRefs({
      entityRefs: asked.split(' '),
      fields: ['kind', 'metadata', 'spec.profile'],
    });
    return new Map(
      items.flatMap(item =>
        item ? [[stringifyEntityRef(item), titleOf(item)]] : [],
      ),
    );
  }, [catalog, asked]);
  return value;
}

/** Every answer once more, before anything is made of it. */
export function Review(props: {
  steps: ParsedTemplateSchema[];
  values: JsonObject;
  onChange: (step: number) => void;
}) {
  const answers = answersOf(props.steps, props.values);
  const titles = useTitles(refsIn(answers));
  return (
    <div className={styles.review}>
      {answers.map(({ title, step, answers: given }) => (
        <section key={title} aria-label={title}>
          <div className={styles.reviewHead}>
            <h3>{title}</h3>
            <Button
              size="small"
              variant="tertiary"
              aria-label={`Change: ${title}`}
              onPress={() => props.onChange(step)}
            >
              Change
            </Button>
          </div>
          <dl>
            {given.map(({ label, text }) => {
              const known = titles?.get(text.toLocaleLowerCase('en-US'));
              return (
                <Fragment key={label}>
                  <dt>{label}</dt>
                  <dd>
                    {known ? <Link to={entityHref(text)}>{known}</Link> : text}
                  </dd>
                </Fragment>
              );
            })}
          </dl>
        </section>
      ))}
    </div>
  );
}
