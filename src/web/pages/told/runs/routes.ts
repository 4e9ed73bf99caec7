import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { londonDay } from '../../../../day.ts';
import { showReference } from '../../../../notices/attempt-reference.ts';
import type { NoticeRun } from '../../../../notices/run.ts';
import type { Services } from '../../../../services.ts';
import { dayValues } from '../../../day-field.ts';
import { Form, readForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { goUnnoticed } from '../../../middleware/kept-sessions.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { isUuid } from '../../objections/find.ts';
import { whoActed } from '../../objections/who.ts';
import { chosenVersion, versionItems, versionOf, versionValue } from '../find-version.ts';
import { leftOutOne } from '../words.ts';
import { madeFaults, newRunForm, sentFaults, sentForm } from './form.ts';
import { progressOf, runLine, runView } from './view-model.ts';

/** The batch of the practice that an address names; 404 when there is none such. */
export async function runNamed({ tellings }: Services, req: Request, res: Response): Promise<NoticeRun> {
  const { id } = req.params;
  const run = isUuid(id) ? await tellings.run(personOf(res).practiceId, id) : null;
  if (run === null) throw new PageError(404, 'no such batch');
  return run;
}

/** Batches of letters, texts and emails: made once, taken away, noted as sent. */
export function runRoutes(services: Services): Router {
  const router = Router();
  const { tellings, background, now } = services;
  const may = requirePermission('run-notices');

  const goOn = (res: Response, runId: string) => {
    const { practiceId } = personOf(res);
    background.start('notice-batch-failed', (signal) => tellings.goOn({ practiceId, runId }, { signal }));
  };

  const showAll = async (req: Request, res: Response, form?: Form) => {
    const { practiceId } = personOf(res);
    const { versions, inUse, chosen } = await chosenVersion(services, res, req.query.notice);
    const nameOf = await whoActed(services, res);
    const first = { id: randomUUID(), notice: chosen && versionValue(chosen), scope: 'notice' };
    const runs = await tellings.runs(practiceId);
    render(res.status(form ? 400 : 200), 'told/runs', {
      title: 'Batches of letters, texts and emails',
      back: paths.told,
      versions: versionItems(inUse),
      reach: chosen ? await tellings.fitting(practiceId, chosen, 'notice') : null,
      runs: runs.map((run) => runLine(run, versions, nameOf)),
      form: form ?? new Form(first),
    });
  };

  router.get(paths.toldRuns, may, (req, res) => showAll(req, res));

  router.post(paths.toldRuns, may, async (req, res) => {
    const read = readForm(newRunForm, req.body);
    if (!read.ok) return showAll(req, res, read.form);
    const { practiceId } = personOf(res);
    const { notice, everybody, ...wanted } = read.value;
    const version = versionOf(await tellings.versions(practiceId), notice);
    if (version === undefined) return showAll(req, res, new Form(req.body, [madeFaults['no-such-notice']]));
    const { noticeId, version: number } = version;
    const run = { practiceId, noticeId, version: number, onlyRest: everybody !== 'yes', ...wanted };
    const made = await tellings.makeRun(run, actorOf(res));
    if (!made.ok) return showAll(req, res, new Form(req.body, [madeFaults[made.reason]]));
    goOn(res, made.id);
    res.redirect(303, paths.toldRun(made.id));
  });

  const show = async (req: Request, res: Response, form?: Form) => {
    const run = await runNamed(services, req, res);
    const { practiceId } = personOf(res);
    const nameOf = await whoActed(services, res);
    const versions = await tellings.versions(practiceId);
    const isThere = run.state === 'made' || run.state === 'sent';
    const pulled = run.state === 'made' ? await tellings.pulled(practiceId, run) : [];
    render(res.status(form ? 400 : 200), 'told/run', {
      title: 'Batch',
      back: paths.toldRuns,
      run: runView(run, {
        versions,
        nameOf,
        placed: await tellings.placed(run.id),
        outcomes: await tellings.outcomes(practiceId, run.id),
        contents: isThere ? await tellings.contents(practiceId, run.id) : null,
        takings: await tellings.takings(practiceId, run.id),
        pulled: pulled.map(({ place, why }) => `${showReference(place.attemptId)} (${leftOutOne[why]})`),
        now: now(),
      }),
      form: form ?? new Form(dayValues('on', londonDay(now()))),
    });
  };

  router.get(paths.toldRun(':id'), may, (req, res) => show(req, res));

  /** For the script that moves the bar; without it the page has a link to itself. */
  router.get(paths.toldRunProgress(':id'), may, async (req, res) => {
    const run = await runNamed(services, req, res);
    const placed = run.state === 'making' ? await tellings.placed(run.id) : 0;
    const takings = await tellings.takings(personOf(res).practiceId, run.id);
    goUnnoticed(req);
    res.json(progressOf(run, placed, takings, now()));
  });

  router.post(paths.toldRunSent(':id'), may, async (req, res) => {
    const { id: runId } = await runNamed(services, req, res);
    const read = readForm(sentForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const sending = { practiceId: personOf(res).practiceId, runId, ...read.value };
    const sent = await tellings.sendRun(sending, actorOf(res));
    if (!sent.ok) return show(req, res, new Form(req.body, [sentFaults[sent.reason]]));
    goOn(res, runId);
    sayDone(req, 'The batch is noted as sent');
    res.redirect(303, paths.toldRun(runId));
  });

  router.post(paths.stopToldRun(':id'), may, async (req, res) => {
    const { id: runId } = await runNamed(services, req, res);
    const done = await tellings.stopRun({ practiceId: personOf(res).practiceId, runId }, actorOf(res));
    sayDone(req, done.ok ? 'The batch is stopped: nobody in it was told' : 'This batch was sent already');
    res.redirect(303, paths.toldRun(runId));
  });

  return router;
}
