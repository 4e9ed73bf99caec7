import { type RequestHandler, type Response, Router } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Services } from '../../../services.ts';
import { frameOf } from '../../frame.ts';
import { PageError } from '../../middleware/page-error.ts';
import { networkOf } from '../../network.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { receiptCheckView } from './view-model.ts';

/** How often one network may ask in ten minutes: a waiting room may, a program that tries codes may not. */
const ASKED = { points: 60, duration: 600 };

/**
 * What a patient finds by the code on their receipt. No log in, no cookie, no name. The code is all that anybody needs,
 * so it is sent to nobody: not as a referrer, not to a search engine, not into a cache or a log line.
 */
export function receiptCheckRoutes(services: Services): Router {
  const router = Router();
  const limit = limited();

  router.get(`${paths.receiptProofs(':code')}/:type.tlog-proof`, limit, async (req, res) => {
    const { code, type } = req.params;
    const proof = await services.receipts.proof(String(code), String(type));
    if (proof === null) throw notThere();
    secretly(res).attachment(`objection-${type}.tlog-proof`).type('text/plain; charset=utf-8').send(proof);
  });

  router.get(paths.receiptCheck(':code'), limit, async (req, res) => {
    const code = String(req.params.code);
    const receipt = await services.receipts.check(code);
    const practice = receipt && (await services.staff.practice(receipt.practiceId));
    if (!receipt || !practice) throw notThere();
    frameOf(res).practice = practice;
    render(secretly(res), 'receipts/show', {
      title: 'Your receipt',
      ...receiptCheckView(receipt, practice, code, services.now()),
    });
  });

  return router;
}

/** Every code that is none gets the same words. */
const notThere = () =>
  new PageError(
    404,
    'no such receipt',
    'There is no receipt with this code. Check each letter, or ask the practice.',
  );

/** For answers that only whoever has the code may see. */
function secretly(res: Response): Response {
  return res.set({ 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex, nofollow' });
}

function limited(): RequestHandler {
  const limiter = new RateLimiterMemory(ASKED);
  return async (req, res, next) => {
    try {
      secretly(res);
      await limiter.consume(networkOf(req.ip ?? ''));
      next();
    } catch (over) {
      if (!(over instanceof RateLimiterRes)) throw over;
      res.set('Retry-After', String(Math.max(1, Math.ceil(over.msBeforeNext / 1000))));
      throw new PageError(
        429,
        'too many receipts',
        'Too many receipts were looked at from here. Try again in ten minutes.',
      );
    }
  };
}
