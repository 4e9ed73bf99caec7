import { type Response, Router } from 'express';
import type { Services } from '../../../services.ts';
import { Form, readForm } from '../../form.ts';
import { sayDone } from '../../middleware/done-banner.ts';
import type { Throttle } from '../../middleware/throttle.ts';
import { passwordWords } from '../../password-words.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { firstPasswordForm } from './form.ts';

const codeNotRight =
  'The email address or the code is not right, or the code was used or is older than 24 hours';

/** Set a password with the one-time code that a manager or guardian handed over. */
export function firstPasswordRoutes({ staff, log }: Services, throttle: Throttle): Router {
  const router = Router();

  const show = (res: Response, status: number, form: Form) =>
    render(res.status(status), 'first-password/show', {
      title: 'Set your password',
      back: paths.logIn,
      form,
    });

  router.get(paths.firstPassword, (_req, res) => show(res, 200, new Form()));

  router.post(paths.firstPassword, async (req, res) => {
    const read = readForm(firstPasswordForm, req.body);
    if (!read.ok) return show(res, 400, read.form);
    const wasRight = await throttle(req, res, read.value.email);
    const set = await staff.setFirstPassword(read.value);
    if (!set.ok) {
      log.warn({ event: 'authn_password_change_fail', reason: set.reason });
      if (set.reason === 'code-not-right')
        return show(res, 400, new Form(req.body, [{ field: 'email', text: codeNotRight }]));
      // The code was right; what is wrong with the password is no reason to lock anybody out.
      await wasRight();
      return show(res, 400, new Form(req.body, [{ field: 'password', text: passwordWords[set.reason] }]));
    }
    await wasRight();
    log.info({ event: 'authn_password_change', staffId: set.staffId });
    sayDone(req, 'Password set. Log in with it.');
    res.redirect(303, paths.logIn);
  });

  return router;
}
