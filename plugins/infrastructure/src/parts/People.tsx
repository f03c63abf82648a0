import { EntityName } from '@waymark/plugin-parts-react';
import { Fragment } from 'react';

/** What stands before each name of a list: "A, B or C". */
function before(index: number, length: number): string {
  if (index === 0) return '';
  return index === length - 1 ? ' or ' : ', ';
}

/** People and groups by name, with the way to each. */
export function People({ refs }: { refs: string[] }) {
  return (
    <>
      {refs.map((entityRef, index) => (
        <Fragment key={entityRef}>
          {before(index, refs.length)}
          <EntityName entityRef={entityRef} />
        </Fragment>
      ))}
    </>
  );
}
