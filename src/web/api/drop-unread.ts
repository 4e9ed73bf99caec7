import type { RequestHandler } from 'express';

/** How long a client may go on sending what is not wanted any more, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Lets a client whose request was answered early send the rest of it, and drops that: many read no answer before
 * they have sent everything. Who does not come to an end is cut off.
 */
export const dropUnread: RequestHandler = (req, res, next) => {
  res.once('finish', () => {
    if (req.complete) return;
    req.resume();
    const cutOff = setTimeout(() => req.socket.destroy(), PATIENCE);
    req.once('close', () => clearTimeout(cutOff));
  });
  next();
};
