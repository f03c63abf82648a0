import type { JsonObject, JsonValue } from '@backstage/types';
import type { Order } from '@waymark/plugin-infrastructure-node';
import type { Module } from './modules';

/** Terraform's way of writing names. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

/** Offerings' way of writing names. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

/** Name of the output that says by which module the resource was made. */
export const madeBy = 'waymark_made_by';

/** What Terraform is given: a module of its own around the one that is wanted, and values. */
export type RootModule = {
  /** `main.tf.json` */
  configuration: JsonObject;
  /** `terraform.tfvars.json`: never read as expressions, whatever is in them. */
  values: Record<string, JsonValue>;
};

/** Where everything of a resource stands in its state. */
export const within = 'module.resource';

/** Name of the variable that holds by what ids things are taken over. */
const existingIds = 'waymark_existing';

/** Where the portal keeps states, by Terraform's HTTP backend. */
export const httpBackend: JsonObject = { backend: { http: {} } };

/**
 * Writes the root module of an order. Every string of it is a template to
 * Terraform, so all that comes from people stands beside it as values, and
 * cannot become code: parameters, and the ids of what is taken over. The
 * addresses of those are code, which the engine checks letter by letter.
 *
 * @param terraform - the block of that name; absent where a workspace of HCP
 *   Terraform keeps the state
 */
export function rootModule(
  order: Order,
  module: Module,
  terraform?: JsonObject,
): RootModule {
  const { name, environment, owner, existing = [] } = order.resource;
  const values: Record<string, JsonValue> = {
    ...Object.fromEntries(
      Object.entries(order.parameters).map(([key, value]) => [
        snakeCase(key),
        value as JsonValue,
      ]),
    ),
    name,
    environment,
    owner,
    tags: order.tags,
    ...(order.takesOver && { [existingIds]: existing.map(({ id }) => id) }),
  };
  const passed = module.variables.filter(variable => variable in values);
  return {
    values,
    configuration: {
      ...(terraform && { terraform }),
      variable: Object.fromEntries(
        // Whatever its type: the module's own variable says.
        Object.keys(values).map(key => [key, {}]),
      ),
      ...(Object.keys(module.providers).length && {
        provider: module.providers,
      }),
      ...(order.takesOver && {
        import: existing.map(({ address }, index) => ({
          to: `${within}.${address}`,
          id: `\${var.${existingIds}[${index}]}`,
        })),
      }),
      module: {
        resource: {
          source: './module',
          ...Object.fromEntries(passed.map(key => [key, `\${var.${key}}`])),
        },
      },
      output: {
        ...Object.fromEntries(
          module.outputs.map(output => [
            output,
            // All of them: the offering says which may be shown.
            { value: `\${${within}.${output}}`, sensitive: true },
          ]),
        ),
        [madeBy]: { value: module.digest },
      },
    },
  };
}
