import { type Request, type Response, Router } from 'express';
import { londonDay, showDay } from '../../../../day.ts';
import { addresseeOf } from '../../../../notices/addressee.ts';
import { isPosted } from '../../../../notices/is-posted.ts';
import { emailMessage, holdsNumber, textMessage } from '../../../../notices/message.ts';
import type { NoticeContent } from '../../../../notices/notice.ts';
import type { NoticeRun } from '../../../../notices/run.ts';
import type { RunPlace } from '../../../../notices/telling-store.ts';
import type { Patient } from '../../../../patients/patient.ts';
import type { Services } from '../../../../services.ts';
import { sendCsv } from '../../../csv-answer.ts';
import { personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { noteLook } from '../../objections/find.ts';
import { versionNamed } from '../find-version.ts';
import { letterPage } from './letter-page.ts';
import { runNamed } from './routes.ts';
import { LETTERS_IN_PART } from './view-model.ts';

const AT_ONCE = 500;

/**
 * What a batch is sent with. Taken away again it holds the same people under the same references. Nothing in it tells
 * an NHS number, or whether somebody objected.
 */
export function runFileRoutes(services: Services): Router {
  const router = Router();
  const { tellings, patients, now } = services;
  const may = requirePermission('run-notices');

  /** The batch, which is made, and was not stopped. */
  const madeRun = async (req: Request, res: Response): Promise<NoticeRun> => {
    const run = await runNamed(services, req, res);
    if (run.state === 'making' || run.state === 'stopped')
      throw new PageError(
        404,
        'the batch is not there to be sent',
        'This batch is not made yet, or was stopped.',
      );
    return run;
  };

  /** The words of each place of a batch: the version, or its translation. */
  const wordsOf = async (run: NoticeRun, res: Response) => {
    const { practiceId } = personOf(res);
    const { content } = await versionNamed(services, res, run.noticeId, run.version);
    const known = new Map<string, NoticeContent>();
    return async ({ translationId }: RunPlace): Promise<NoticeContent> => {
      if (translationId === null) return content;
      const found = known.get(translationId) ?? (await tellings.translated(practiceId, translationId));
      if (found === null) throw new Error('a translation has vanished');
      known.set(translationId, found);
      return found;
    };
  };

  /** Makes something of each place from one on, in order; that they were shown is written down. */
  const each = async <T>(
    res: Response,
    run: NoticeRun,
    { from, count }: { readonly from: number; readonly count: number },
    make: (place: RunPlace, patient: Patient, words: NoticeContent) => T,
  ): Promise<T[]> => {
    const { practiceId } = personOf(res);
    const words = await wordsOf(run, res);
    const made: T[] = [];
    for (let at = from; at < from + count; at += AT_ONCE) {
      const places = await tellings.places(run.id, at, Math.min(AT_ONCE, from + count - at));
      const ids = places.map(({ patientId }) => patientId);
      const byId = new Map((await patients.byIds(practiceId, ids)).map((patient) => [patient.id, patient]));
      for (const place of places) {
        const patient = byId.get(place.patientId);
        if (patient === undefined || patient.dateOfDeath !== null || patient.restricted) continue;
        // Whoever died, was restricted or lost their address since the batch was made gets nothing.
        if (run.how !== 'letter' || isPosted(patient)) made.push(make(place, patient, await words(place)));
      }
      await noteLook(services, res, ids, 'notice-batch');
    }
    return made;
  };

  router.get(paths.toldRunLetters(':id'), may, async (req, res) => {
    const run = await madeRun(req, res);
    if (run.how !== 'letter') throw new PageError(404, 'no batch of letters');
    const { practice } = personOf(res);
    const part = /^\d{1,4}$/.test(String(req.query.part)) ? Number(req.query.part) : 0;
    const some =
      part === 0
        ? { from: 0, count: run.count }
        : { from: (part - 1) * LETTERS_IN_PART, count: LETTERS_IN_PART };
    // As on the day on which the batch was made, however often it is printed.
    const day = londonDay(run.madeAt);
    const letters = await each(res, run, some, ({ attemptId }, patient, content) =>
      letterPage({
        content,
        practice,
        addressee: addresseeOf(patient, day),
        reference: attemptId,
        date: showDay(londonDay(now())),
        largePrint: patient.contactFormat === 'large-print',
      }),
    );
    render(res, 'told/letters', { title: 'Letters to print', back: paths.toldRun(run.id), letters });
  });

  router.get(paths.toldRunMessages(':id'), may, async (req, res) => {
    const run = await madeRun(req, res);
    if (run.how === 'letter') throw new PageError(404, 'no batch of messages');
    const { practice } = personOf(res);
    const day = londonDay(run.madeAt);
    const rows = await each(res, run, { from: 0, count: run.count }, ({ attemptId }, patient, content) => {
      const addressee = addresseeOf(patient, day);
      if (run.how === 'text')
        return [attemptId, patient.mobile ?? '', addressee.name, textMessage(content, addressee)];
      const { subject, message } = emailMessage(content, addressee, practice.name);
      return [attemptId, patient.email ?? '', addressee.name, subject, message];
    });
    // Whoever lost their mobile or address since the batch was made is not sent to nobody.
    const sendable = rows.filter(([, to]) => to !== '');
    if (sendable.flat().some(holdsNumber)) throw new Error('a message holds what may be an NHS number');
    const head = run.how === 'text' ? ['mobile', 'name', 'message'] : ['email', 'name', 'subject', 'message'];
    sendCsv(res, `${run.how}s-${day}`, [['reference', ...head], ...sendable]);
  });

  return router;
}
