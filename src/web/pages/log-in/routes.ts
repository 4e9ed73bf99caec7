import { type Request, type Response, Router } from 'express';
import type { Services } from '../../../services.ts';
import { Form, readForm } from '../../form.ts';
import { frameOf } from '../../frame.ts';
import { personIfAny } from '../../middleware/log-in.ts';
import type { Throttle } from '../../middleware/throttle.ts';
import type { LogInChecker } from '../../passport.ts';
import { paths } from '../../paths.ts';
import { returnPath } from '../../return-path.ts';
import { render } from '../../view-engine.ts';
import { logInForm } from './form.ts';

const notRecognised = 'The email address or the password is not right';

/** Log in with an email address and a password. */
export function logInRoutes(services: Services, passport: LogInChecker, throttle: Throttle): Router {
  const router = Router();
  const { log } = services;

  const show = (res: Response, status: number, form: Form) =>
    render(res.status(status), 'log-in/show', { title: 'Log in', form });

  router.get(paths.logIn, (req, res) => {
    if (personIfAny(res) !== undefined) return res.redirect(302, returnPath(req.query.then));
    show(res, 200, new Form());
  });

  router.post(paths.logIn, async (req, res) => {
    const read = readForm(logInForm, req.body);
    if (!read.ok) return show(res, 400, read.form);
    const wasRight = await throttle(req, res, read.value.email);
    const user = await authenticate(passport, req, res);
    if (user === undefined) {
      log.warn({ event: 'authn_login_fail' });
      const { email } = read.value;
      return show(res, 400, new Form({ email }, [{ field: 'email', text: notRecognised }]));
    }
    await wasRight();
    await beginSession(req, res, user);
    log.info({ event: 'authn_login_success', staffId: user.id, practice: user.practiceId });
    res.redirect(303, returnPath(req.query.then));
  });

  return router;
}

/**
 * Passport begins a new session here, so an id that somebody planted before is worth nothing. Its form token is made
 * and kept before the answer: pages that open at the same time in several tabs then share one.
 */
async function beginSession(req: Request, res: Response, user: Express.User): Promise<void> {
  await new Promise<void>((done, fail) => req.logIn(user, (error) => (error ? fail(error) : done())));
  frameOf(res).formToken?.();
  await new Promise<void>((done, fail) => req.session.save((error) => (error ? fail(error) : done())));
}

function authenticate(
  passport: LogInChecker,
  req: Request,
  res: Response,
): Promise<Express.User | undefined> {
  return new Promise((done, fail) => {
    const answer = (error: unknown, user?: Express.User | false) =>
      error ? fail(error) : done(user || undefined);
    passport.authenticate('local', answer)(req, res, fail);
  });
}
