import { Panel } from '@waymark/plugin-parts-react';
import { Fact, Facts } from '../parts/Facts';
import { Named } from '../parts/Named';
import { spoken } from '../words/spoken';

/** What the platform put on a resource; whom a tag names by reference has a name here. */
export function Tags({ tags }: { tags: Record<string, string> }) {
  return (
    <Panel title="Tags" lead="Put on it by the platform.">
      <Facts>
        {Object.entries(tags).map(([name, value]) => (
          <Fact key={name} title={spoken(name)}>
            <span title={value}>
              <Named text={value} />
            </span>
          </Fact>
        ))}
      </Facts>
    </Panel>
  );
}
