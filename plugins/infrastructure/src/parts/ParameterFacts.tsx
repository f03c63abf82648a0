import { spoken } from '../words/spoken';
import { Fact } from './Facts';

function valueText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return typeof value === 'object' && value !== null
    ? JSON.stringify(value)
    : String(value);
}

/** The parameters of something, as facts of a list. */
export function ParameterFacts(props: { parameters: Record<string, unknown> }) {
  return (
    <>
      {Object.entries(props.parameters).map(([name, value]) => (
        <Fact key={name} title={spoken(name)}>
          {valueText(value)}
        </Fact>
      ))}
    </>
  );
}
