import { parseHTML } from 'linkedom';

/** The part of the DOM that tests use. */
export type PageElement = {
  readonly tagName: string;
  readonly textContent: string;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
};

/** A page's markup, read as a browser would, to look things up by selector. */
export function readPage(markup: string): Pick<PageElement, 'querySelector' | 'querySelectorAll'> {
  return parseHTML(markup).document as unknown as PageElement;
}

/** The words of the first element that fits, each run of white space as one space; empty when nothing fits. */
export function textOf(markup: string, selector: string): string {
  return (readPage(markup).querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
}
