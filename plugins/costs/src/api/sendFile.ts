/** How a file is sent. */
export type Sending = {
  /** Told how many bytes went out by now. */
  onSent?: (sent: number) => void;
  /** Stops it. */
  signal?: AbortSignal;
};

/**
 * Posts a file and says how much of it went out, which fetch does not tell.
 *
 * @throws DOMException AbortError when it is stopped
 */
export function sendFile(
  url: string,
  file: File,
  options: Sending & { token?: string },
): Promise<Response> {
  const { onSent, signal, token } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const stopped = () => reject(new DOMException('Stopped', 'AbortError'));
    if (signal?.aborted) {
      stopped();
      return;
    }
    signal?.addEventListener('abort', stop, { once: true });
    request.upload.addEventListener('progress', ({ loaded }) =>
      onSent?.(loaded),
    );
    request.upload.addEventListener('load', () => onSent?.(file.size));
    request.addEventListener('abort', stopped);
    request.addEventListener('error', () =>
      reject(new Error('The connection broke while the file was sent')),
    );
    request.addEventListener('load', () =>
      resolve(
        new Response(request.responseText, {
          status: request.status,
          statusText: request.statusText,
        }),
      ),
    );
    request.addEventListener('loadend', () =>
      signal?.removeEventListener('abort', stop),
    );
    request.open('POST', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.send(file);
  });
}
