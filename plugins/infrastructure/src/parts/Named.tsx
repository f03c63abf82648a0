import { Link } from '@backstage/ui';
import { partsOf } from '@waymark/plugin-infrastructure-common';
import { EntityName } from '@waymark/plugin-parts-react';
import { Fragment } from 'react';

/** An address in a text, without the full stop or the bracket after it. */
const address = /(https?:\/\/[^\s()]*[^\s().,;:!?])/;

function Words({ text }: { text: string }) {
  return (
    <>
      {text.split(address).map((part, index) => (
        <Fragment key={`${index}:${part}`}>
          {index % 2 === 1 ? <Link href={part}>{part}</Link> : part}
        </Fragment>
      ))}
    </>
  );
}

/** A text in which whom it names by reference has a name, and the way to their page; addresses lead where they say. */
export function Named({ text }: { text: string }) {
  return (
    <>
      {partsOf(text).map((part, index) => (
        <Fragment key={`${index}:${part.text}`}>
          {part.isReference ? (
            <EntityName entityRef={part.text} />
          ) : (
            <Words text={part.text} />
          )}
        </Fragment>
      ))}
    </>
  );
}
