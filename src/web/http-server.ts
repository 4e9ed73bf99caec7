import { createServer, type RequestListener, type Server } from 'node:http';

/** After this long without a byte in either direction a connection is closed, in milliseconds. Releases set their own. */
const IDLE = 120_000;

/**
 * The server of the app. It leaves `Expect: 100-continue` to the app, so that nobody sends a large file only to hear
 * that it is not wanted; and it sets no limit to how long a request may take, as long as it goes on.
 */
export function httpServer(app: RequestListener): Server {
  const server = createServer({ requestTimeout: 0 }, app);
  server.on('checkContinue', app);
  server.timeout = IDLE;
  return server;
}
