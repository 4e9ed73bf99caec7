import { Router } from 'express';
import { addDays, isDay, londonDay, showDay } from '../../../day.ts';
import { readCheckpoint } from '../../../ledger/checkpoint.ts';
import type { Published } from '../../../ledger/public-log.ts';
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

  const show = async (practice: Practice, view: string, title: string, published: Published | null) => {
    const [key, ...earlier] = await services.publicLog.verifiers(practice.id);
    const address = services.config.publicUrl + paths.log(practice.ods);
    return {
      view,
      page: {
        title,
        practice,
        address,
        qr: await qrCode(address),
        verifier: key?.verifier ?? '',
        earlier: earlier.map(({ verifier }) => verifier),
        checkpoint: published && checkpointView(published),
        ...linksOf(practice.ods),
      },
    };
  };

  router.get(paths.log(':ods'), async (req, res) => {
    const practice = await practiceOfLog(services, req.params.ods);
    frameOf(res).practice = practice;
    const published = await services.publicLog.latest(practice.id);
    const { view, page } = await show(practice, 'log/show', `Public log of ${practice.name}`, published);
    render(res.set('Cache-Control', 'public, max-age=300'), view, page);
  });

  router.get(paths.logPoster(':ods'), async (req, res) => {
    const practice = await practiceOfLog(services, req.params.ods);
    frameOf(res).practice = practice;
    const published = await services.publicLog.from(practice.id, mondayOf(req.query.week, services.now()));
    if (published === null) throw new PageError(404, 'nothing was published that week');
    const { view, page } = await show(practice, 'log/poster', 'Checkpoint of the week', published);
    render(res.set('Cache-Control', 'public, max-age=300'), view, page);
  });

  return router;
}

const linksOf = (ods: string) => ({
  poster: paths.logPoster(ods),
  checkpointFile: paths.logCheckpoint(ods),
  back: undefined,
});

function checkpointView({ day, note, size }: Published) {
  return {
    day: showDay(day),
    size,
    root: Buffer.from(readCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1))?.root ?? '').toString('base64'),
    note,
  };
}

/** The Monday of the week that an address asks for by any day of it, else of this week. */
function mondayOf(asked: unknown, now: Date): string {
  const day = typeof asked === 'string' && isDay(asked) ? asked : londonDay(now);
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -sinceMonday);
}
