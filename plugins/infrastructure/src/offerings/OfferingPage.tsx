import { MarkdownContent } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Link } from '@backstage/ui';
import {
  infrastructureRequestCreatePermission,
  infrastructureResourceImportPermission,
  type OfferingDetail,
} from '@waymark/plugin-infrastructure-common';
import { DataTable, Panel } from '@waymark/plugin-parts-react';
import { useLocation, useParams } from 'react-router-dom';
import { fieldsOf } from '../form/schema';
import { useOffering } from '../live/questions';
import { DetailHead, DetailPage } from '../parts/DetailPage';
import { Fact, Facts } from '../parts/Facts';
import { formRouteRef, offeringRouteRef, offeringsRouteRef } from '../routes';
import { AccuracyPanel } from './AccuracyPanel';
import { categoryOf } from './categories';
import { priceText, Unavailable } from './OfferingCard';
import { Timing } from './Timing';
import styles from './Offerings.module.css';

function Documentation({ offering }: { offering: OfferingDetail }) {
  const { use, documentation, form, outputs, troubleshooting } = offering;
  const { fields } = fieldsOf(form);
  return (
    <div className={styles.column}>
      <Panel title="When to use it">
        <div className={styles.uses}>
          <section>
            <h3>Use it when</h3>
            <ul>
              {use.when.map(text => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </section>
          <section>
            <h3>Use something else when</h3>
            <ul>
              {use.whenNot.map(text => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </section>
        </div>
      </Panel>
      <Panel title="What you get">
        <MarkdownContent content={documentation} />
        {outputs.length > 0 && (
          <DataTable
            label="What it gives to those who use it"
            rows={outputs}
            keyOf={({ name }) => name}
            columns={[
              { title: 'Output', render: ({ title }) => title },
              {
                title: 'How it is shown',
                render: ({ secret }) =>
                  secret
                    ? 'Secret: kept encrypted, shown once to the team that owns it'
                    : 'On the page of the resource',
              },
            ]}
          />
        )}
      </Panel>
      {fields.length > 0 && (
        <Panel title="What the form asks">
          <DataTable
            label="Fields of the form"
            rows={fields}
            keyOf={({ path }) => path}
            columns={[
              { title: 'Field', render: ({ title }) => title },
              {
                title: 'What it is',
                render: ({ description }) => description,
              },
              { title: 'May be', render: ({ range }) => range },
              {
                title: 'Begins with',
                render: ({ defaultText }) => defaultText ?? '–',
              },
            ]}
          />
        </Panel>
      )}
      <Panel title="When something goes wrong">
        <dl className={styles.trouble}>
          {troubleshooting.map(({ symptom, remedy }) => (
            <div key={symptom}>
              <dt>{symptom}</dt>
              <dd>{remedy}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </div>
  );
}

/** What must be there before it is asked for. */
function Dependencies({ of }: { of: OfferingDetail['dependencies'] }) {
  const hrefOf = useRouteRef(offeringRouteRef);
  if (of.length === 0) return null;
  return (
    <Panel
      title="What must be there first"
      lead="One of each, in the same environment."
    >
      <ul className={styles.first}>
        {of.map(({ name, title }) => (
          <li key={name}>
            <Link href={hrefOf?.({ name }) ?? ''}>{title}</Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Detail({ offering }: { offering: OfferingDetail }) {
  const { search } = useLocation();
  const formHref = useRouteRef(formRouteRef)?.({ name: offering.name }) ?? '';
  const { allowed } = usePermission({
    permission: infrastructureRequestCreatePermission,
  });
  const { allowed: mayImport } = usePermission({
    permission: infrastructureResourceImportPermission,
  });
  const { title } = categoryOf(offering.category);
  return (
    <>
      <DetailHead
        title={offering.title}
        summary={offering.summary}
        actions={
          offering.available !== false && (
            <>
              {mayImport && (
                <ButtonLink variant="secondary" href={`${formHref}?existing=`}>
                  Take over an existing one
                </ButtonLink>
              )}
              {allowed && (
                <ButtonLink variant="primary" href={`${formHref}${search}`}>
                  Request it
                </ButtonLink>
              )}
            </>
          )
        }
      />
      <Unavailable offering={offering} />
      <div className={styles.columns}>
        <Documentation offering={offering} />
        <div className={styles.column}>
          <Panel title="How long it takes">
            <Timing timing={offering.timing} />
          </Panel>
          <Dependencies of={offering.dependencies} />
          <Panel title="At a glance">
            <Facts>
              <Fact title="Costs">{priceText(offering)}</Fact>
              <Fact title="Category">{title}</Fact>
              <Fact title="For">{offering.environments.join(', ')}</Fact>
              <Fact title="Counts as">{offering.quota.unit}</Fact>
              <Fact title="Made by">{offering.engine}</Fact>
              <Fact title="Version">{offering.version}</Fact>
            </Facts>
          </Panel>
          <AccuracyPanel name={offering.name} />
        </div>
      </div>
    </>
  );
}

/** What an offering is, as its documentation. */
export function OfferingPage() {
  const { name = '' } = useParams();
  const live = useOffering(name);
  const listHref = useRouteRef(offeringsRouteRef)?.() ?? '';
  return (
    <DetailPage
      back={{ href: listHref, text: 'All offerings' }}
      of={`The offering ${name}`}
      live={live}
    >
      {offering => <Detail offering={offering} />}
    </DetailPage>
  );
}
