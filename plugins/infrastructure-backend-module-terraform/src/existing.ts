import { InputError } from '@backstage/errors';
import type { Existing } from '@waymark/plugin-infrastructure-node';

/** An address in a module: `aws_s3_bucket.this`, `module.key.aws_kms_key.this[0]`. */
const addressPattern =
  /^(module\.[\w-]+(\[(\d+|"[\w./-]+")\])?\.)*[a-z][\w-]*\.[A-Za-z_][\w-]*(\[(\d+|"[\w./-]+")\])?$/;

/** @throws InputError where this names nothing that Terraform could take over */
export function requireExisting(existing: Existing[]): void {
  if (
    existing.length === 0 ||
    existing.some(({ address }) => !addressPattern.test(address)) ||
    new Set(existing.map(({ address }) => address)).size < existing.length
  ) {
    throw new InputError(
      'existing must name what there is by the addresses of the module, each once, with the id that the provider imports by: [{ "address": "aws_s3_bucket.this", "id": "orders-exports" }]',
    );
  }
}
