import { Router } from 'express';
import { addDays, isDay, londonDay, showDay } from '../../../day.ts';
import { openCheckpoint } from '../../../ledger/checkpoint.ts';
import type { Published } from '../../../ledger/public-log.ts';
import { readVerifier } from '../../../ledger/signed-note.ts';
import type { Services } from '../../../services.ts';
import type { Practice } from '../../../staff/add-practice.ts';
import { frameOf } from '../../frame.ts';
import { PageError } from '../../middleware/page-error.ts';
import { paths } from '../../paths.ts';
import { qrCode } from '../../qr-code.ts';
import { render } from '../../view-engine.ts';
import { practiceOfLog } from './find-practice.ts';

/** Pages about a practice's public log, for people: what it is, how to hold the practice to it, the notice to hang up. */
export function logRoutes(services: Services): Router {
  const router = Router();

  const pageOf = async (practice: Practice, title: string, published: Published | null) => {
    const keys = (await services.publicLog.verifiers(practice.id)).map(({ verifier }) => verifier);
    const verifier = keys.find((one) => published && signed(published, one)) ?? keys[0] ?? '';
    const address = services.config.publicUrl + paths.log(practice.ods);
    return {
      title,
      practice,
      address,
      qr: await qrCode(address),
      verifier,
      earlier: keys.filter((one) => one !== verifier),
      checkpoint: published && checkpointView(published),
      register: services.config.publicUrl + paths.publicRegister(practice.ods),
      registerPage: paths.publicRegister(practice.ods),
      poster: paths.logPoster(practice.ods),
      checkpointFile: paths.logCheckpoint(practice.ods),
    };
  };

  router.get(paths.log(':ods'), async (req, res) => {
    const practice = await practiceOfLog(services, req.params.ods);
    frameOf(res).practice = practice;
    const published = await services.publicLog.latest(practice.id);
    const page = await pageOf(practice, `Public log of ${practice.name}`, published);
    render(res.set('Cache-Control', 'public, max-age=300'), 'log/show', page);
  });

  router.get(paths.logPoster(':ods'), async (req, res) => {
    const practice = await practiceOfLog(services, req.params.ods);
    frameOf(res).practice = practice;
    const monday = mondayOf(req.query.week, services.now());
    const { publicLog } = services;
    const published = (await publicLog.from(practice.id, monday)) ?? (await publicLog.latest(practice.id));
    if (published === null) throw new PageError(404, 'nothing was published yet');
    const page = await pageOf(practice, 'Checkpoint of the week', published);
    render(res.set('Cache-Control', 'public, max-age=300'), 'log/poster', page);
  });

  return router;
}

/** Whether a checkpoint was signed with this key. */
function signed({ note }: Published, verifier: string): boolean {
  const known = readVerifier(verifier);
  return known !== undefined && openCheckpoint(note, [known]).ok;
}

function checkpointView({ day, note, size }: Published) {
  return {
    day: showDay(day),
    size,
    root: note.split('\n')[2] ?? '',
    note,
  };
}

/** The Monday of the week that an address asks for by any day of it, else of this week. */
function mondayOf(asked: unknown, now: Date): string {
  const day = typeof asked === 'string' && isDay(asked) ? asked : londonDay(now);
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -sinceMonday);
}
