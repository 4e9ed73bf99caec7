import { type Response, Router } from 'express';
import type { PublishedRegister } from '../../../register/register-store.ts';
import type { Services } from '../../../services.ts';
import type { Practice } from '../../../staff/add-practice.ts';
import { frameOf } from '../../frame.ts';
import { PageError } from '../../middleware/page-error.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { practiceOfLog } from '../log/find-practice.ts';
import { checkView, registerFile } from './answer.ts';
import { registerView } from './view-model.ts';

/** It is renewed once a day, with the checkpoint. */
const FIVE_MINUTES = 'public, max-age=300';

/**
 * What leaves a practice, for everybody: no log in, no cookie, cacheable. It answers with what was published last and
 * reads nothing else, so nobody can watch what happens in between.
 */
export function registerRoutes(services: Services): Router {
  const router = Router();

  router.get(paths.publicRegisters, async (_req, res) => {
    const practices = (await services.staff.practices()).map(({ ods, name }) => ({ ods, name }));
    render(res.set('Cache-Control', FIVE_MINUTES), 'register/list', {
      title: 'Public registers',
      practices: practices.map(({ ods, name }) => ({ ods, name, href: paths.publicRegister(ods) })),
    });
  });

  const published = async (practice: Practice): Promise<PublishedRegister> => {
    const found = await services.publicRegister.latest(practice.id);
    if (found === null) throw new PageError(404, 'no register was published yet');
    return found;
  };

  router.get(paths.publicRegisterJson(':ods'), async (req, res) => {
    const practice = await practiceOfLog(services, req.params.ods);
    const text = await registerFile(services, practice, await published(practice));
    letKeep(res).type('application/json').send(text);
  });

  router.get(paths.publicRegisterProof(':ods'), async (req, res) => {
    const practice = await practiceOfLog(services, req.params.ods);
    const { ledgerIndex } = await published(practice);
    const proof = await services.publicRegister.proof(practice.id, ledgerIndex);
    if (proof === null) throw new PageError(404, 'no proof can be made');
    letKeep(res).type('text/plain; charset=utf-8').send(proof);
  });

  router.get(paths.publicRegister(':ods'), async (req, res) => {
    const practice = await practiceOfLog(services, req.params.ods);
    frameOf(res).practice = practice;
    const found = await services.publicRegister.latest(practice.id);
    const title = `What leaves ${practice.name}`;
    res.set('Cache-Control', FIVE_MINUTES);
    if (found === null) return render(res, 'register/none', { title, practice });
    const { ods } = practice;
    return render(res, 'register/show', {
      title,
      ...registerView(found.register),
      check: await checkView(services, practice),
      links: {
        json: paths.publicRegisterJson(ods),
        proof: paths.publicRegisterProof(ods),
        log: paths.log(ods),
        poster: paths.logPoster(ods),
        choice: paths.practicePrivacy(ods),
      },
    });
  });

  return router;
}

/** Anybody may keep it, and a page of anybody's may read it. */
function letKeep(res: Response): Response {
  return res.set({
    'Cache-Control': FIVE_MINUTES,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': '*',
  });
}
