import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { showInstant } from '../../../../day.ts';
import { formatNhsNumber } from '../../../../patients/nhs-number.ts';
import type { Services } from '../../../../services.ts';
import { Form, noForm, readForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { whoActed } from '../../objections/who.ts';
import { extractNamed } from '../find.ts';

const canaryForm = z.object({
  nhsNumber: z.string('Enter an NHS number').trim().min(1, 'Enter an NHS number'),
});
const removalForm = z.object({ id: z.uuid('Select a test patient') });

const faults = {
  'no-such-extract': 'This extract is no longer here',
  'not-a-number': 'Enter a valid NHS number, 10 digits long',
  'already-there': 'This test patient is on the list already',
  'too-many': 'There are 20 test patients already, which is the most',
} as const;

/** The made-up patients of the clinical system whom the files of an extract should hold. */
export function canaryRoutes(services: Services): Router {
  const router = Router();
  const { canaries } = services;
  const may = requirePermission('keep-canaries');

  const show = async (req: Request, res: Response, form: Form) => {
    const extract = await extractNamed(services, res, req.params.id);
    const nameOf = await whoActed(services, res);
    const found = await canaries.ofExtract(personOf(res).practiceId, extract.extractId);
    render(res.status(form.errors.length > 0 ? 400 : 200), 'extracts/canaries', {
      title: `Test patients of ${extract.name}`,
      back: paths.extract(extract.extractId),
      extract,
      canaries: found.map(({ id, nhsNumber, addedAt, addedBy }) => ({
        id,
        nhsNumber: formatNhsNumber(nhsNumber),
        added: `${showInstant(addedAt)}, by ${nameOf({ kind: 'staff', id: addedBy })}`,
      })),
      form,
    });
  };

  router.get(paths.extractCanaries(':id'), may, (req, res) => show(req, res, noForm));

  router.post(paths.extractCanaries(':id'), may, async (req, res) => {
    const { extractId } = await extractNamed(services, res, req.params.id);
    const read = readForm(canaryForm, req.body);
    if (!read.ok) return show(req, res, read.form);
    const { practiceId } = personOf(res);
    const added = await canaries.add({ practiceId, extractId, ...read.value }, actorOf(res));
    if (!added.ok)
      return show(req, res, new Form(req.body, [{ field: 'nhsNumber', text: faults[added.reason] }]));
    sayDone(req, 'Added: from now on every file has to hold this test patient');
    res.redirect(303, paths.extractCanaries(extractId));
  });

  router.post(paths.removeCanary(':id'), may, async (req, res) => {
    const { extractId } = await extractNamed(services, res, req.params.id);
    const read = readForm(removalForm, req.body);
    if (!read.ok)
      return show(req, res, new Form({}, [{ field: 'nhsNumber', text: 'Select a test patient' }]));
    // Removed twice is removed.
    await canaries.remove({ practiceId: personOf(res).practiceId, ...read.value }, actorOf(res));
    sayDone(req, 'Removed: files need not hold this test patient any more');
    res.redirect(303, paths.extractCanaries(extractId));
  });

  return router;
}
