import type { Request, RequestHandler, Response } from 'express';
import type { Actor } from '../../ledger/entry.ts';
import type { Services } from '../../services.ts';
import { isPermission, permits } from '../../staff/permissions.ts';
import { roleNames } from '../../staff/roles.ts';
import type { LoggedIn } from '../../staff/staff.ts';
import { frameOf } from '../frame.ts';
import { isOpen } from '../open-routes.ts';
import { paths } from '../paths.ts';
import { render } from '../view-engine.ts';
import { endedCookie } from './session.ts';
import { keepForm } from './timed-out-form.ts';

/** The person logged in. For handlers behind `requirePermission`; anywhere else it may throw. */
export function personOf(res: Response): LoggedIn {
  const person = personIfAny(res);
  if (person === undefined) throw new Error('a page asked who is logged in, but lets anybody in');
  return person;
}

/** The person logged in, if there is one. */
export function personIfAny(res: Response): LoggedIn | undefined {
  return res.locals.person;
}

/** The person logged in, as the one who acts in ledger entries. */
export function actorOf(res: Response): Actor {
  return { kind: 'staff', id: personOf(res).id };
}

/** Puts the person of the session where pages find them, and into the frame around the page. Stands after passport. */
export const noteWho: RequestHandler = (req, res, next) => {
  const { user } = req;
  if (user !== undefined) {
    const { name, role, practice } = user;
    res.locals.person = user;
    const frame = frameOf(res);
    frame.practice = { name: practice.name, madeUp: practice.madeUp, ods: practice.ods };
    frame.person = {
      name,
      role: roleNames[role],
      may: (permission) => isPermission(permission) && permits(role, permission),
    };
  }
  next();
};

/**
 * Tells whoever comes with a session that is over what became of it, before anything else can: a form that was open
 * too long is answered with what was kept of it, not with a fault. Stands before the check of form tokens.
 */
export function sayTimedOut(services: Services): RequestHandler {
  return async (req, res, next) => {
    const cookie = personIfAny(res) === undefined ? endedCookie(req, services.config) : undefined;
    if (cookie === undefined) return next();
    if (isSafe(req)) return isOpen(req.path) ? next() : res.redirect(302, withReturn(paths.timedOut, req));
    const isLeaving = req.path === paths.logOut || req.path === paths.switchPerson;
    const kept = isLeaving ? undefined : await keepForm(services, req, cookie);
    const logIn = kept === undefined ? paths.logIn : `${paths.logIn}?then=${encodeURIComponent(kept)}`;
    const entered = isLeaving ? undefined : kept === undefined ? 'lost' : 'kept';
    render(res.status(403), 'timed-out/show', { title: 'You have been logged out', entered, logIn });
  };
}

/** Sends whoever is not logged in to the log-in page, unless the page is open to everybody. No rule means no. */
export const requireLogIn: RequestHandler = (req, res, next) => {
  if (personIfAny(res) !== undefined || isOpen(req.path)) return next();
  res.redirect(isSafe(req) ? 302 : 303, isSafe(req) ? withReturn(paths.logIn, req) : paths.logIn);
};

const isSafe = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

/** The address with where to go on after log in. */
function withReturn(path: string, req: Request): string {
  return req.originalUrl === paths.home ? path : `${path}?then=${encodeURIComponent(req.originalUrl)}`;
}
