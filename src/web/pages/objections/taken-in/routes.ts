import { type Response, Router } from 'express';
import { z } from 'zod';
import { showInstant } from '../../../../day.ts';
import type { Services } from '../../../../services.ts';
import { Form, readForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';

const takenInForm = z.object({
  how: z.enum(['taken-in', 'none-before'], 'Select whether there were earlier objections'),
});

/** A manager says that the objections from before are in, or that there were none. */
export function takenInRoutes({ objections }: Services): Router {
  const router = Router();
  const may = requirePermission('import-objections');

  const show = async (res: Response, form: Form) => {
    const at = await objections.takenInAt(personOf(res).practiceId);
    render(res.status(form.errors.length > 0 ? 400 : 200), 'objections/taken-in', {
      title: 'Objections from before',
      back: paths.objections,
      takenInAt: at && showInstant(at),
      form,
    });
  };

  router.get(paths.takenIn, may, (_req, res) => show(res, new Form()));

  router.post(paths.takenIn, may, async (req, res) => {
    const read = readForm(takenInForm, req.body);
    if (!read.ok) return show(res, read.form);
    const { practiceId } = personOf(res);
    // Said twice is said: the first stays.
    await objections.takeIn({ practiceId, how: read.value.how }, actorOf(res));
    sayDone(req, 'Saved: the objections from before are taken care of');
    res.redirect(303, paths.objections);
  });

  return router;
}
