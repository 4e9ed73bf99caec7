import type { Server, ServerResponse } from 'node:http';
import type { SessionStore } from '../../src/staff/session.ts';
import { noteSeen } from './seen.ts';

/** Notes every address that a server is asked for or sends somebody to, and the body of every error of the API. */
export function watchServer(server: Server): Server {
  for (const event of ['request', 'checkContinue'] as const) {
    server.prependListener(event, (req, res) => {
      noteSeen('url', String(req.url));
      watchAnswer(res, String(req.url));
    });
  }
  return server;
}

function watchAnswer(res: ServerResponse, url: string): void {
  const end = res.end.bind(res);
  res.end = (...given: unknown[]) => {
    const [body] = given;
    const words = typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body).toString() : '';
    if (res.statusCode >= 400 && url.startsWith('/api')) noteSeen('error', words);
    const location = res.getHeader('location');
    if (location !== undefined) noteSeen('url', String(location));
    return (end as (...given: unknown[]) => ServerResponse)(...given);
  };
}

/** Notes everything that is ever written into a session. */
export function watchSessions(store: SessionStore): SessionStore {
  return {
    ...store,
    add: (idHash, session) => {
      noteSeen('session', JSON.stringify(session));
      return store.add(idHash, session);
    },
    update: (idHash, changes) => {
      noteSeen('session', JSON.stringify(changes));
      return store.update(idHash, changes);
    },
  };
}
