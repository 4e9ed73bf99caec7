import { type Response, Router } from 'express';
import type { Services } from '../../../services.ts';
import { roleNames } from '../../../staff/roles.ts';
import { endSession } from '../../end-session.ts';
import { Form, readForm } from '../../form.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { requirePermission } from '../../middleware/require-permission.ts';
import type { Throttle } from '../../middleware/throttle.ts';
import { passwordWords } from '../../password-words.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { newPasswordForm } from './form.ts';

const currentNotRight = { field: 'current', text: 'Your current password is not right' };

/** One's own account: what it says, a new password, log out everywhere. */
export function accountRoutes({ staff, sessions, log }: Services, throttle: Throttle): Router {
  const router = Router();
  const own = requirePermission('use-account');

  router.get(paths.account, own, async (_req, res) => {
    const { id, practiceId, practice } = personOf(res);
    const member = await staff.find(practiceId, id);
    if (member === undefined) throw new PageError(404, 'account gone');
    const { name, email, role } = member;
    render(res, 'account/show', {
      title: 'Your account',
      name,
      email,
      role: roleNames[role],
      practice: practice.name,
    });
  });

  const showPassword = (res: Response, status: number, form: Form) =>
    render(res.status(status), 'account/password', {
      title: 'Change your password',
      back: paths.account,
      form,
    });

  router.get(paths.accountPassword, own, (_req, res) => showPassword(res, 200, new Form()));

  router.post(paths.accountPassword, own, async (req, res) => {
    const read = readForm(newPasswordForm, req.body);
    if (!read.ok) return showPassword(res, 400, read.form);
    const { id, practiceId } = personOf(res);
    const wasRight = await throttle(req, res, id);
    const changed = await staff.changePassword({ practiceId, staffId: id, ...read.value });
    if (!changed.ok) {
      const { reason } = changed;
      log.warn({ event: 'authn_password_change_fail', staffId: id, reason });
      if (reason === 'current-not-right') return showPassword(res, 400, new Form({}, [currentNotRight]));
      // The current one was right, so this was no guess at it.
      await wasRight();
      return showPassword(res, 400, new Form({}, [{ field: 'password', text: passwordWords[reason] }]));
    }
    await wasRight();
    log.info({ event: 'authn_password_change', staffId: id });
    await endSession(req, res, 'Password changed. Log in with the new one.');
    res.redirect(303, paths.logIn);
  });

  router.post(paths.logOutEverywhere, own, async (req, res) => {
    const { id } = personOf(res);
    await sessions.endAll(id);
    log.info({ event: 'authn_logout_everywhere', staffId: id });
    await endSession(req, res, 'You have logged out everywhere');
    res.redirect(303, paths.logIn);
  });

  return router;
}
