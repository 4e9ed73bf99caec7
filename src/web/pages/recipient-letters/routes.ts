import { type Request, type Response, Router } from 'express';
import { londonDay, showDay } from '../../../day.ts';
import { shownName } from '../../../patients/patient.ts';
import type { FollowedLetter } from '../../../recipient-letters/recipient-letter-store.ts';
import type { Services } from '../../../services.ts';
import { dayValues } from '../../day-field.ts';
import { Form, noForm, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { isUuid, maySee, noteLook, patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import { viaWords, wordFor } from '../objections/words.ts';
import { outcomeWords, stateView } from '../patients/recipients/view-model.ts';
import { answerForm, refused, sentForm } from './form.ts';
import { letterView } from './view-model.ts';

/** Letters of before, on the list. */
const CLOSED_SHOWN = 50;

/** Letters to recipients who hold a patient's data: what is to send, what waits for an answer, and each letter. */
export function recipientLetterRoutes(services: Services): Router {
  const router = Router();
  const { recipientLetters, patients, now } = services;
  const may = requirePermission('send-letters');

  router.get(paths.recipientLetters, may, async (_req, res) => {
    const { practiceId } = personOf(res);
    const closed = await recipientLetters.closed(practiceId, CLOSED_SHOWN);
    const letters = [...(await recipientLetters.open(practiceId)), ...closed];
    const last = closed.length < CLOSED_SHOWN ? '' : `: the last ${CLOSED_SHOWN}`;
    const ids = [...new Set(letters.map(({ patientId }) => patientId))];
    const named = (await patients.byIds(practiceId, ids)).filter((patient) => maySee(res, patient));
    const namedIds = named.map(({ id }) => id);
    await noteLook(services, res, namedIds, 'work-list');
    const lines = letters.map((letter) => {
      const patient = named.find(({ id }) => id === letter.patientId);
      return {
        ...stateView(letter, londonDay(now())),
        recipient: letter.recipient,
        patient: patient ? shownName(patient) : 'Restricted record',
      };
    });
    const of = (...states: string[]) => lines.filter(({ state }) => states.includes(state));
    render(res, 'recipient-letters/list', {
      title: 'Letters to recipients',
      back: paths.work,
      groups: [
        { title: 'Overdue: no answer in 28 days', lines: of('overdue') },
        { title: 'To send', lines: of('to-send') },
        { title: 'Sent, and not answered yet', lines: of('sent') },
        { title: `Answered, or not followed up${last}`, lines: of('answered', 'over') },
      ],
    });
  });

  const letterNamed = async ({ params }: Request, res: Response): Promise<FollowedLetter> => {
    const { practiceId } = personOf(res);
    const letter = isUuid(params.id) ? await recipientLetters.find(practiceId, params.id) : null;
    if (letter === null) throw new PageError(404, 'no such letter');
    return letter;
  };

  const show = async (req: Request, res: Response, form: Form) => {
    const letter = await letterNamed(req, res);
    const { practiceId, practice } = personOf(res);
    const patient = await patientNamed(services, res, letter.patientId, 'letter');
    const records = await patients.byIds(practiceId, await patients.recordsOf(practiceId, patient.id));
    const written = await recipientLetters.write(practiceId, letter, records);
    const today = londonDay(now());
    const state = stateView(letter, today);
    render(res.status(form.errors.length > 0 ? 400 : 200), 'recipient-letters/show', {
      // Nothing of the patient: a browser prints the title above the letter.
      title: 'Letter to a recipient',
      back: paths.recipientLetters,
      patient: patientBanner(patient, now()),
      practice: { name: practice.name, madeUp: practice.madeUp },
      state,
      agreed: `${showDay(londonDay(letter.agreedAt))} (${wordFor(viaWords, letter.agreedVia).toLowerCase()})`,
      answer: letter.outcome && { outcome: outcomeWords[letter.outcome], words: letter.answer },
      letter: letterView(letter, written, practice, today),
      isSent: letter.sentOn !== null,
      isUseless: written.references.length === 0,
      actions: {
        sent: paths.recipientLetterSent(letter.id),
        answer: paths.recipientLetterAnswer(letter.id),
        stop: paths.stopRecipientLetter(letter.id),
      },
      outcomes: Object.entries(outcomeWords).map(([value, text]) => ({ value, text })),
      form: form === noForm ? new Form(todayIn(today)) : form,
    });
  };

  router.get(paths.recipientLetter(':id'), may, (req, res) => show(req, res, noForm));

  router.post(paths.recipientLetterSent(':id'), may, async (req, res) => {
    const { id } = await letterNamed(req, res);
    const read = readForm(sentForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const input = { practiceId: personOf(res).practiceId, id, on: read.value.sent };
    const done = await recipientLetters.noteSent(input, actorOf(res));
    if (!done.ok) return show(req, res, faulty(req, 'sent-day', done.reason));
    sayDone(req, 'The letter is noted as sent. It is to be answered in 28 days');
    res.redirect(303, paths.recipientLetters);
  });

  router.post(paths.recipientLetterAnswer(':id'), may, async (req, res) => {
    const { id } = await letterNamed(req, res);
    const read = readForm(answerForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const { answered: on, ...said } = read.value;
    const input = { practiceId: personOf(res).practiceId, id, on, ...said };
    const done = await recipientLetters.noteAnswered(input, actorOf(res));
    if (!done.ok) return show(req, res, faulty(req, 'answered-day', done.reason));
    sayDone(req, 'The answer is noted. Tell the patient what they said');
    res.redirect(303, paths.recipientLetter(id));
  });

  router.post(paths.stopRecipientLetter(':id'), may, async (req, res) => {
    const { id } = await letterNamed(req, res);
    const done = await recipientLetters.stop({ practiceId: personOf(res).practiceId, id }, actorOf(res));
    if (!done.ok) return show(req, res, faulty(req, 'sent-day', done.reason));
    sayDone(req, 'The letter is not sent');
    res.redirect(303, paths.recipientLetters);
  });

  return router;
}

const faulty = (req: Request, field: string, reason: keyof typeof refused): Form =>
  new Form(req.body, [{ field, text: refused[reason] }]);

/** Both days are first taken to be today. */
const todayIn = (today: string) => ({ ...dayValues('sent', today), ...dayValues('answered', today) });
