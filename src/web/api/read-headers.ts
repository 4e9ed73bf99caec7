import { MIMEType } from 'node:util';
import type { Request } from 'express';
import type { ReleaseFormat } from '../../guard/release.ts';

/**
 * The media type of a request's body, in lower case and without parameters; undefined when there is none, or when it
 * says that the text is in another character set than UTF-8.
 */
export function bodyType(req: Request): string | undefined {
  try {
    const { essence, params } = new MIMEType(req.get('content-type') ?? '');
    const charset = params.get('charset')?.toLowerCase() ?? 'utf-8';
    return ['utf-8', 'utf8', 'us-ascii'].includes(charset) ? essence : undefined;
  } catch {
    return undefined;
  }
}

/** The type of a release's body, when it is one of those that its extract takes. */
export function releaseFormat(req: Request, taken: readonly ReleaseFormat[]): ReleaseFormat | undefined {
  const type = bodyType(req);
  return taken.find((format) => format === type);
}

/** How the body is packed; undefined for a way that the API does not know. */
export function bodyEncoding(req: Request): 'gzip' | 'identity' | undefined {
  const encoding = req.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'gzip' || encoding === 'x-gzip') return 'gzip';
  return encoding === 'identity' || encoding === '' ? 'identity' : undefined;
}

/** The key of `Authorization: Bearer <key>`. */
export function bearerKey(req: Request): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(req.get('authorization') ?? '')?.[1];
}
