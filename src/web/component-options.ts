import { escapeHtml, Html } from './html.ts';

/** What most options of an NHS.UK component accept: words, or an object that says more about them. */
export interface Content {
  text?: string;
  html?: string | Html;
  [option: string]: unknown;
}

/** An option given as words, as markup or as an object, always as an object; nothing is an empty one. */
export function content(option: unknown): Content {
  if (option instanceof Html) return { html: option };
  if (option instanceof Object) return option as Content;
  return option === undefined || option === null || typeof option === 'boolean'
    ? {}
    : { text: String(option) };
}

/** The inside of a tag: `html` as it is, else `text` escaped. */
export function inner(option: unknown): Html {
  const { text, html } = content(option);
  return new Html(html ? String(html) : escapeHtml(text));
}

/** Class names in one string: what is empty or false is left out, and nothing stands twice. */
export function classes(...names: unknown[]): string | undefined {
  const words = names.filter((name) => typeof name === 'string').flatMap((name) => name.split(/\s+/));
  return [...new Set(words)].filter(Boolean).join(' ') || undefined;
}

/**
 * The class of one choice among several (a size, a colour), such as `nhsuk-tag--red`.
 * A choice that the component does not know gives none, and so does one already made by a class in `given`.
 */
export function oneOf(
  prefix: string,
  choice: unknown,
  choices: string[],
  given: unknown,
): string | undefined {
  const made = choices.some((name) => String(given ?? '').includes(prefix + name));
  return !made && choices.includes(String(choice)) ? prefix + choice : undefined;
}
