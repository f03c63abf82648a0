import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const answers: Record<string, [status: string, name: string, why: string]> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'HeadersTooLargeError',
    'The request headers are too large',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    '408 Request Timeout',
    'RequestTimeoutError',
    'The request took too long to arrive',
  ],
};

const notHttp: [string, string, string] = [
  '400 Bad Request',
  'InputError',
  'The request is not valid HTTP',
];

/** Says why, to clients whose request could not even be read as HTTP. */
export function unreadableRequest(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, name, message] = answers[error.code ?? ''] ?? notHttp;
    const body = JSON.stringify({
      error: { name, message },
      response: { statusCode: Number(status.slice(0, 3)) },
    });
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(
        body,
      )}\r\n\r\n${body}`,
    );
  });
}
