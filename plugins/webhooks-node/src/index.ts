/**
 * How a sender proves that a delivery is its own.
 *
 * @packageDocumentation
 */
export type { SignedDelivery } from './SignedDelivery';
export {
  requireConfigured,
  requireHmacSha256,
  requireSharedSecret,
  sameSecret,
} from './signatures';
export { requireWaymarkProof, signaturesIn } from './proofs';
