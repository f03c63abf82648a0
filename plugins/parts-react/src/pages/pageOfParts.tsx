import {
  coreExtensionData,
  PageBlueprint,
  type IconElement,
  type RouteRef,
} from '@backstage/frontend-plugin-api';
import { PageWithin } from './PageWithin';

/** A page of several parts, each with an address of its own. An address that is none of them is said to be none. */
export function pageOfParts(params: {
  path: string;
  title: string;
  icon: IconElement;
  routeRef: RouteRef;
}) {
  return PageBlueprint.makeWithOverrides({
    *factory(originalFactory, { inputs }) {
      const output = originalFactory(params);
      yield* [...output].filter(
        ({ id }) => id !== coreExtensionData.reactElement.id,
      );
      yield coreExtensionData.reactElement(
        <PageWithin
          parts={inputs.pages.map(part =>
            part.get(coreExtensionData.routePath),
          )}
          page={output.get(coreExtensionData.reactElement)}
        />,
      );
    },
  });
}
