import type { RequestHandler, Response } from 'express';

/** What every page shows around its own content; middleware fills it in as it learns it. */
export interface Frame {
  /** The path of the request, without its query. */
  path: string;
  requestId: string;
  /** Whether the registry holds a made-up practice: then pages that belong to no practice say so too. */
  demo: boolean;
  practice?: { name: string; madeUp: boolean; ods?: string };
  /** Who is logged in. `role` is in words, such as "Receptionist". */
  person?: { name: string; role: string; may: (permission: string) => boolean };
  /** When the session ends if nothing is done, at the earliest. */
  session?: { endsAt: Date; secondsLeft: number };
  /** What was typed into this page's form before the session ended, to be shown again. */
  keptForm?: Record<string, unknown>;
  /** Takes what was done on the page before: shown once, in a green banner. */
  takeDone?: () => string | undefined;
  /** Gives this session's form token, made when first asked for. */
  formToken?: () => string;
}

/** Begins the frame of a request; it stands before everything that answers with a page. */
export function startFrame({ demo }: { demo: boolean }): RequestHandler {
  return (req, res, next) => {
    const requestId = String(res.getHeader('x-request-id') ?? '');
    res.locals.frame = { path: req.path, requestId, demo } satisfies Frame;
    next();
  };
}

/** The frame of this answer, to read or to fill in. */
export function frameOf(res: Response): Frame {
  return res.locals.frame as Frame;
}
