import type { Request } from 'express';

/** Whether whoever sent a request is gone; `forget` is to be called when nobody asks any more. */
export type ClientGone = { readonly signal: AbortSignal; forget(): void };

/**
 * Watches the connection of a request: once it is closed, nobody can take the answer. The request itself does not tell:
 * when its body has come whole, it hears nothing more of its connection.
 */
export function clientGone({ socket }: Request): ClientGone {
  const gone = new AbortController();
  const tell = () => gone.abort();
  socket.once('close', tell);
  if (socket.destroyed) tell();
  return { signal: gone.signal, forget: () => void socket.off('close', tell) };
}
