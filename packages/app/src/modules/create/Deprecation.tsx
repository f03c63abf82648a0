import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { DeprecationNotice } from '@waymark/plugin-golden-paths';
import { deprecatedOn } from './deprecatedOn';

/** Says of a template of the catalog that it is deprecated. */
export function Deprecation(props: {
  template: Entity;
  /** The last day of support of each template that has one; absent while it is not known. */
  supportEnds?: ReadonlyMap<string, string>;
  /** As `2026-11-29`. */
  today?: string;
  className?: string;
}) {
  const { template, supportEnds, today, className } = props;
  return (
    <DeprecationNotice
      template={{
        deprecated: deprecatedOn(template),
        replacedBy: template.metadata.annotations?.['waymark.io/replaced-by'],
        supportedUntil: supportEnds?.get(stringifyEntityRef(template)),
      }}
      today={today}
      className={className}
    />
  );
}
