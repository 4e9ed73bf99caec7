import type { Request, RequestHandler } from 'express';
import type {} from 'express-session';
import type { Config } from '../../config.ts';
import type { Services } from '../../services.ts';
import { frameOf } from '../frame.ts';
import { TOUCHES_PER_LIMIT } from './kept-sessions.ts';
import { personIfAny } from './log-in.ts';

/** Puts into the frame when the session ends if nothing is done. Stands after passport. */
export function noteEnd({ config, now }: Services): RequestHandler {
  return (req, res, next) => {
    if (personIfAny(res) !== undefined) {
      const at = now();
      const left = Math.min(idleLeft(config), absoluteLeft(req, config, at));
      frameOf(res).session = { endsAt: new Date(at.getTime() + left), secondsLeft: Math.floor(left / 1000) };
    }
    next();
  };
}

/** For how long, at least, a session goes on after it was used, in milliseconds: use is not written down each time. */
export function idleLeft({ sessionIdleMs }: Config): number {
  return sessionIdleMs - sessionIdleMs / TOUCHES_PER_LIMIT;
}

/** For how long a session can go on, however much it is used, in milliseconds. */
export function absoluteLeft({ session }: Request, { sessionAbsoluteMs }: Config, now: Date): number {
  const began = session.began === undefined ? now.getTime() : Date.parse(session.began);
  return began + sessionAbsoluteMs - now.getTime();
}
