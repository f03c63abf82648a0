import { partsOf } from '@waymark/plugin-infrastructure-common';
import { EntityName } from '@waymark/plugin-parts-react';
import { Fragment } from 'react';

/** A text in which whom it names by reference has a name, and the way to their page. */
export function Named({ text }: { text: string }) {
  return (
    <>
      {partsOf(text).map((part, index) => (
        <Fragment key={`${index}:${part.text}`}>
          {part.isReference ? <EntityName entityRef={part.text} /> : part.text}
        </Fragment>
      ))}
    </>
  );
}
