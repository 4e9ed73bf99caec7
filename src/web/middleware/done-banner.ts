import type { Request, RequestHandler } from 'express';
import type {} from 'express-session';
import { frameOf } from '../frame.ts';

declare module 'express-session' {
  interface SessionData {
    /** What was just done, to be said on the next page. */
    done?: string;
  }
}

/**
 * Says on the next page, in a green banner, what was just done: "Account disabled".
 * It waits in the session, so it never holds a patient's name or number.
 */
export function sayDone(req: Request, words: string): void {
  req.session.done = words;
}

/** Lets the next page say what was done; once it has, it is forgotten. */
export const doneBanner: RequestHandler = (req, res, next) => {
  frameOf(res).takeDone = () => {
    const { done } = req.session;
    delete req.session.done;
    return done;
  };
  next();
};
