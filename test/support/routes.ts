import type { Express } from 'express';
import type { Permission } from '../../src/staff/permissions.ts';
import { needs } from '../../src/web/middleware/require-permission.ts';

/** A route of the app, as it was declared. */
export type Route = {
  readonly method: string;
  /** Such as `/staff/:id`. */
  readonly path: string;
  /** What it asks for; undefined when it names no permission. */
  readonly needs: Permission | undefined;
};

/** The part of Express's own structure that says which routes there are. */
type Layer = {
  readonly rawPath?: string | string[];
  readonly handle: { readonly stack?: readonly Layer[] } & object;
  readonly method?: string;
  readonly route?: { readonly path: string | string[]; readonly stack: readonly Layer[] };
};

/** Every route of the app, in its order. Throws on a path that is not words, which nobody could walk. */
export function routesOf(app: Express): Route[] {
  return below((app.router as unknown as { stack: readonly Layer[] }).stack, '');
}

function below(stack: readonly Layer[], mount: string): Route[] {
  return stack.flatMap(({ route, handle, rawPath }) => {
    if (route !== undefined)
      return [route.path].flat().flatMap((path) => declared(route.stack, mount + path));
    if (handle.stack === undefined) return [];
    const at = typeof rawPath === 'string' && rawPath !== '/' ? rawPath : '';
    return below(handle.stack, mount + at);
  });
}

function declared(stack: readonly Layer[], path: unknown): Route[] {
  if (typeof path !== 'string') throw new Error(`a route's path is not words: ${String(path)}`);
  const permission = stack.map(({ handle }) => needs.get(handle)).find((found) => found !== undefined);
  // `.all(…)` only says which methods there are; the methods themselves are declared before it.
  const methods = new Set(stack.flatMap(({ method }) => (method === undefined ? [] : [method])));
  return [...methods].map((method) => ({ method, path, needs: permission }));
}
