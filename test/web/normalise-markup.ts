import { parseHTML } from 'linkedom';

/** What is used here of a node of the parsed page. */
interface Part {
  nodeType: number;
  textContent: string | null;
  localName?: string;
  attributes?: Iterable<{ name: string; value: string }>;
  childNodes: Iterable<Part>;
}

/**
 * Markup as a real parser sees it: one line a tag or text, attributes sorted, white space that no browser shows
 * left out. Two pieces of markup with equal results mean the same.
 */
export function normaliseMarkup(markup: string): string {
  const { document } = parseHTML(`<!doctype html><html><body>${markup}</body></html>`);
  const lines: string[] = [];
  const walk = (node: Part, depth: number): void => {
    const indent = '  '.repeat(depth);
    if (node.nodeType === 3) {
      const text = (node.textContent ?? '').replace(/\s+/g, ' ').trim();
      if (text) lines.push(indent + text);
    } else if (node.nodeType === 1) {
      const attributes = [...(node.attributes ?? [])].map(
        ({ name, value }) => ` ${name}="${name === 'class' ? words(value) : value.trim()}"`,
      );
      lines.push(`${indent}<${node.localName}${attributes.sort().join('')}>`);
      for (const child of node.childNodes) walk(child, depth + 1);
    }
  };
  for (const child of document.body.childNodes as Iterable<Part>) walk(child, 0);
  return lines.join('\n');
}

/** Class names mean the same in any order. */
const words = (value: string): string => value.split(/\s+/).filter(Boolean).sort().join(' ');
