import { CHILD_NAME, type TranslatedContent } from './notice.ts';

/**
 * How a translation turns to its reader: to whoever looks after a child in its own words, with the child's name; to
 * everybody else by name alone. A translation from before it had such words names the child alone, in no language.
 */
export function aboutChildIn(
  { aboutChild }: Pick<TranslatedContent, 'aboutChild'>,
  child: string | undefined,
  name: string,
): string {
  if (child === undefined) return name;
  return aboutChild === undefined ? child : aboutChild.replaceAll(CHILD_NAME, () => child);
}
