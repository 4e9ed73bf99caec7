import type { RequestHandler } from 'express';

/** Asks a client that waits for it (`Expect: 100-continue`) to send the body. The API asks by itself, later. */
export const sendContinue: RequestHandler = (req, res, next) => {
  if (req.headers.expect !== undefined) res.writeContinue();
  next();
};
