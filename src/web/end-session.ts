import type { Request, Response } from 'express';
import { sayDone } from './middleware/done-banner.ts';

/**
 * Ends the session of this browser and begins an empty one, in which the next page says `words`. The browser is asked
 * to forget what it kept of our pages (it does over https only).
 */
export async function endSession(req: Request, res: Response, words: string): Promise<void> {
  await new Promise<void>((done, fail) => req.session.regenerate((error) => (error ? fail(error) : done())));
  sayDone(req, words);
  res.set('Clear-Site-Data', '"cache", "storage"');
}
