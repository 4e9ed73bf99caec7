import type { Request, RequestHandler, Response } from 'express';
import type {} from 'express-session';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { frameOf } from '../frame.ts';
import { returnPath } from '../return-path.ts';
import { hashOf } from './kept-sessions.ts';
import { personIfAny } from './log-in.ts';
import { signedId } from './session.ts';

const DRAFT = 'timed-out-form';
const kept = z.object({ path: z.string(), body: z.record(z.string(), z.unknown()) });
/** A form with one of these is never kept. */
const secret = /password/i;

/**
 * Keeps a form that came after its session had ended, for the person of that session alone: in a draft, 8 hours at
 * most. Only a session that ran out is known here; one that was ended (log out, a new role) has left nothing.
 *
 * @returns where the form comes back after log in; undefined when nothing was kept
 */
export async function keepForm(
  services: Services,
  req: Request,
  cookie: string,
): Promise<string | undefined> {
  const id = signedId(cookie, services.sessionSecret);
  const session = id === undefined ? undefined : await services.sessions.find(hashOf(id));
  if (!session?.staffId || JSON.parse(session.data).formToken !== req.body?._csrf) return undefined;
  const owner = await services.staff.findOpen(session.staffId);
  return owner === undefined ? undefined : keepFor(services, req, owner);
}

async function keepFor(
  { drafts }: Services,
  req: Request,
  { id, practiceId }: { readonly id: string; readonly practiceId: string },
): Promise<string | undefined> {
  const typed = Object.entries(req.body ?? {}).filter(([name]) => !name.startsWith('_'));
  if (typed.length === 0 || typed.some(([name]) => secret.test(name))) return undefined;
  const page = new URL(pageOf(req), 'http://here.invalid');
  const draft = { path: page.pathname, body: Object.fromEntries(typed) };
  page.searchParams.set('kept', await drafts.save(practiceId, id, DRAFT, draft));
  return page.pathname + page.search;
}

/** The page on which the form stood: it may be sent to another address. */
function pageOf(req: Request): string {
  const referer = req.get('referer') ?? '';
  const from = URL.canParse(referer) ? new URL(referer) : undefined;
  const path = from?.host === req.get('host') ? returnPath(`${from?.pathname}${from?.search}`) : '/';
  return path === '/' ? returnPath(req.originalUrl) : path;
}

/**
 * Shows a form that was kept on the page on which it stood, to whoever typed it. A form that a script sent when the
 * session was over is kept and never done, should the session go on after all. Stands after the check of form tokens.
 */
export function bringBack(services: Services): RequestHandler {
  return async (req, res, next) => {
    const person = personIfAny(res);
    if (person === undefined) return next();
    const { kept: draft } = req.query;
    if (req.method === 'GET' && typeof draft === 'string') await showAgain(services, req, res, draft);
    if (req.method !== 'POST' || req.body?._timedOut === undefined) return next();
    res.redirect(303, (await keepFor(services, req, person)) ?? returnPath(req.originalUrl));
  };
}

async function showAgain({ drafts }: Services, req: Request, res: Response, id: string): Promise<void> {
  const person = personIfAny(res);
  if (person === undefined) return;
  const read = kept.safeParse(await drafts.find(person.practiceId, person.id, DRAFT, id));
  if (read.success && read.data.path === req.path) frameOf(res).keptForm = read.data.body;
}
