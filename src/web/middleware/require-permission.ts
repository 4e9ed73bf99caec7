import type { NextFunction, Response } from 'express';
import { type Permission, permits } from '../../staff/permissions.ts';
import { personIfAny } from './log-in.ts';
import { PageError } from './page-error.ts';

/** A handler that fits every route, whatever is in its path. */
export type PermissionCheck = (req: unknown, res: Response, next: NextFunction) => void;

/** What a handler made by `requirePermission` asks for; the walk over all routes (test/web/permissions) reads it. */
export const needs = new WeakMap<object, Permission>();

/**
 * Lets somebody in whose role has this permission; everybody else gets 403. Each route of a page names its own:
 * `router.get(paths.objections, requirePermission('list-objections'), …)`, never `router.use`, which would stand
 * before the routes of other pages too.
 */
export function requirePermission(permission: Permission): PermissionCheck {
  const handler: PermissionCheck = (_req, res, next) => {
    const person = personIfAny(res);
    const permitted = person !== undefined && permits(person.role, permission);
    next(permitted ? undefined : new PageError(403, `needs ${permission}`));
  };
  needs.set(handler, permission);
  return handler;
}
