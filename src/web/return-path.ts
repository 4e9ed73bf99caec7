/**
 * Where to go on after log in: the path that was asked for, if it is one of this site and not a log-in page itself;
 * else the home page. Anything that a browser might read as another site's address is refused.
 */
export function returnPath(asked: unknown): string {
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked)) return '/';
  const here = 'http://here.invalid';
  if (!URL.canParse(asked, here)) return '/';
  const { origin, pathname, search } = new URL(asked, here);
  const comesBack = /^\/(log-in|log-out|timed-out|first-password)\b/.test(pathname);
  return origin === here && !comesBack && !pathname.startsWith('//') ? pathname + search : '/';
}
