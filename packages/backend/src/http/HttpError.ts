/** A refusal that carries its own HTTP status, where @backstage/errors has no class for it. */
export class HttpError extends Error {
  readonly statusCode: number;

  constructor(name: string, statusCode: number, message: string) {
    super(message);
    this.name = name;
    this.statusCode = statusCode;
    // Sent to the client and read from there: the status stands in `response` already.
    Object.defineProperty(this, 'statusCode', { enumerable: false });
  }
}
