/** A delivery as it came in, before anybody looked into it. */
export type SignedDelivery = {
  /** Header names are in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The body, byte for byte: signatures are over these bytes. */
  body: Buffer;
};
