import ejs from 'ejs';

/** Markup that may be put into a page as it is: whoever made it has escaped what had to be. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** Escapes a value for the text or a quoted attribute of a page; `Html` stays as it is, nothing gives nothing. */
export function escapeHtml(value: unknown): string {
  if (value === undefined || value === null) return '';
  return value instanceof Html ? String(value) : ejs.escapeXML(String(value));
}

/** Markup with its values escaped: html`<p>${name}</p>`. A list of values is put one after the other. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Html {
  const put = (value: unknown): string =>
    Array.isArray(value) ? value.map(escapeHtml).join('') : escapeHtml(value);
  return new Html(String.raw({ raw: strings }, ...values.map(put)));
}

/**
 * The attributes of a tag, each with the space before it. Undefined, null and false leave an attribute out,
 * true gives its name alone. The shape `{ value, optional }` of the NHS.UK macros is taken too.
 */
export function attributes(...sets: (Record<string, unknown> | undefined)[]): Html {
  const all = Object.entries(Object.assign({}, ...sets)).map(([name, given]) => {
    const value = given instanceof Object && 'value' in given ? given.value : given;
    if (value === undefined || value === null || value === false) return '';
    return value === true ? ` ${escapeHtml(name)}` : ` ${escapeHtml(name)}="${escapeHtml(value)}"`;
  });
  return new Html(all.join(''));
}
