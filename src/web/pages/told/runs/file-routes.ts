import { Router } from 'express';
import { londonDay } from '../../../../day.ts';
import { addresseeOf } from '../../../../notices/addressee.ts';
import { emailMessage, holdsNumber, textMessage } from '../../../../notices/message.ts';
import type { Services } from '../../../../services.ts';
import { sendCsv } from '../../../csv-answer.ts';
import { personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { runLetterRoutes } from './letter-routes.ts';
import { giveFile, madeRun, wordingsOf } from './made-run.ts';

/**
 * What a batch is sent with. Taken away again it holds the same people under the same references, but for those who
 * are left out since. Nothing in it tells an NHS number, or whether somebody objected.
 */
export function runFileRoutes(services: Services): Router {
  const router = Router();
  router.use(runLetterRoutes(services));

  router.get(paths.toldRunMessages(':id'), requirePermission('run-notices'), async (req, res) => {
    const run = await madeRun(services, req, res, ({ how }) => how !== 'letter');
    const wordings = await wordingsOf(services, run, res);
    const { practice } = personOf(res);
    const day = londonDay(run.madeAt);
    await giveFile(services, res, run, { file: 'messages', count: run.count }, async (people, isGiven) => {
      const rows: string[][] = [];
      for await (const { place, patient } of people) {
        const wording = await wordings(place);
        const addressee = addresseeOf(patient, day);
        const { subject, message } = emailMessage(wording, addressee, practice.name);
        rows.push(
          run.how === 'text'
            ? [place.attemptId, patient.mobile ?? '', addressee.name, textMessage(wording, addressee)]
            : [place.attemptId, patient.email ?? '', addressee.name, subject, message],
        );
      }
      if (rows.flat().some(holdsNumber)) throw new Error('a message holds what may be an NHS number');
      const head =
        run.how === 'text' ? ['mobile', 'name', 'message'] : ['email', 'name', 'subject', 'message'];
      await isGiven();
      sendCsv(res, `${run.how}s-${day}`, [['reference', ...head], ...rows]);
    });
  });

  return router;
}
