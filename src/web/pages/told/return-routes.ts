import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { londonDay } from '../../../day.ts';
import { readReference } from '../../../notices/attempt-reference.ts';
import type { ReturnFault } from '../../../notices/note-return.ts';
import type { Services } from '../../../services.ts';
import { dayField, dayValues } from '../../day-field.ts';
import { type FieldError, Form, readForm } from '../../form.ts';
import { actorOf, personOf } from '../../middleware/log-in.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { isUuid, patientNamed } from '../objections/find.ts';
import { patientBanner } from '../objections/patient-banner.ts';

const returnForm = z.object({
  reference: z
    .string('Enter the reference of the letter')
    .trim()
    .min(1, 'Enter the reference of the letter')
    .transform((typed, context) => {
      const reference = readReference(typed);
      if (reference !== undefined) return reference;
      const message = 'The reference has 12 letters, such as BCDF-GHJK-LMNP';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
  on: dayField('The day', 'Enter the day on which it came back'),
});

/** What noting a return refuses, at the field where the person is. */
export const returnFaults: Readonly<Record<ReturnFault, FieldError>> = {
  'no-such-letter': {
    field: 'reference',
    text: 'No letter of this practice has this reference. Look at it again',
  },
  'left-out': {
    field: 'reference',
    text: 'This letter was left out of its batch and counts as not sent, so there is nothing to note',
  },
  'not-sent-yet': {
    field: 'reference',
    text: 'Its batch is not noted as sent. Ask the practice manager to note it',
  },
  'not-a-day': { field: 'on-day', text: 'The day must be a real date' },
  'in-future': { field: 'on-day', text: 'The day must be today or earlier' },
  'before-sent': { field: 'on-day', text: 'The day must not be before the letter was sent' },
};

/** Letters that came back, keyed one after the other at the desk: the reference is on each. */
export function returnRoutes(services: Services): Router {
  const router = Router();
  const { tellings, now } = services;
  const may = requirePermission('tell-patient');

  const show = async (req: Request, res: Response, form?: Form) => {
    // Whose letter the last one was, to compare with the envelope.
    const { patient: id, again } = req.query;
    const last = isUuid(id) && !form ? await patientNamed(services, res, id, 'told') : undefined;
    render(res.status(form ? 400 : 200), 'told/returned', {
      title: 'Letters that came back',
      back: paths.told,
      last: last && {
        ...patientBanner(last, now()),
        href: paths.patientTold(last.id),
        isAgain: again === 'yes',
      },
      form: form ?? new Form(dayValues('on', londonDay(now()))),
    });
  };

  router.get(paths.lettersReturned, may, (req, res) => show(req, res));

  router.post(paths.lettersReturned, may, async (req, res) => {
    const read = readForm(returnForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const letter = { practiceId: personOf(res).practiceId, ...read.value };
    const noted = await tellings.noteReturn(letter, actorOf(res));
    if (!noted.ok) return show(req, res, new Form(req.body, [returnFaults[noted.reason]]));
    // Said on the page itself, not in the banner, which would take the focus from the field for the next letter.
    res.redirect(303, `${paths.letterReturnedOf(noted.patientId)}${noted.isNew ? '' : '&again=yes'}`);
  });

  return router;
}
