import type { Entity } from '@backstage/catalog-model';
import type { JsonObject, JsonValue } from '@backstage/types';

/** What a template asks for and does, in words. */
export type TemplateOutline = {
  asks: { title: string; description?: string }[];
  does: string[];
};

function objects(value: JsonValue | undefined): JsonObject[] {
  const items = Array.isArray(value) ? value : [value];
  return items.filter(
    (item): item is JsonObject =>
      typeof item === 'object' && item !== null && !Array.isArray(item),
  );
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Reads what a template says of itself; what it leaves out is left out here. */
export function outlineOf(template: Entity): TemplateOutline {
  const pages = objects(template.spec?.parameters);
  return {
    asks: pages.flatMap(page =>
      objects(page.properties).flatMap(properties =>
        Object.entries(properties)
          // What is only shown, such as a preview, is not asked for.
          .filter(([, field]) => objects(field)[0]?.type !== 'null')
          .map(([name, field]) => ({
            title: textOf(objects(field)[0]?.title) ?? name,
            description: textOf(objects(field)[0]?.description),
          })),
      ),
    ),
    does: objects(template.spec?.steps)
      // What happens only when another step fails is no part of what you get.
      .filter(step => !textOf(step.if)?.includes('failure()'))
      .flatMap(step => textOf(step.name) ?? textOf(step.id) ?? []),
  };
}
