import type { PageElement, readPage } from './page.ts';

/** What a browser would send for one field: words, several of them (checkboxes), or a file. */
export type FieldValue = string | string[] | { readonly filename: string; readonly content: string | Buffer };
export type Fields = Record<string, FieldValue>;

export type ServedForm = {
  /** Where it goes; undefined for the address of the page itself. */
  readonly action: string | undefined;
  readonly multipart: boolean;
  /** Everything that would be sent, hidden fields and what was filled in by the server included. */
  readonly fields: Fields;
};

type Control = {
  readonly name: string;
  readonly kind: string;
  readonly value: string;
  readonly chosen: boolean;
};

/**
 * Fills the form of a page as somebody would. Throws when the form has no such field, or no such choice: a test never
 * sends what a browser could not.
 * @param action which form, when `main` has several: the address it posts to
 */
export function fillForm(page: ReturnType<typeof readPage>, typed: Fields, action?: string): ServedForm {
  const forms = [...page.querySelectorAll('main form[method=post]')];
  const form = action === undefined ? forms[0] : forms.find((one) => one.getAttribute('action') === action);
  if (form === undefined)
    throw new Error(`the page has no form ${action ?? ''}: ${page.querySelector('h1')?.textContent}`);
  const controls = [...form.querySelectorAll('input, select, textarea')].map(readControl).filter(isSent);
  const fields: Fields = {};
  for (const control of controls) if (control.chosen) add(fields, control);
  for (const [name, value] of Object.entries(typed)) {
    checkChoice(
      controls.filter((control) => control.name === name),
      name,
      value,
    );
    fields[name] = value;
  }
  return {
    action: form.getAttribute('action') ?? undefined,
    multipart: form.getAttribute('enctype') === 'multipart/form-data',
    fields,
  };
}

function readControl(element: PageElement): Control {
  const tag = element.tagName.toLowerCase();
  const kind = tag === 'input' ? (element.getAttribute('type') ?? 'text') : tag;
  const choice = kind === 'radio' || kind === 'checkbox';
  const option = element.querySelector('option[selected]') ?? element.querySelector('option');
  const shown: Record<string, string> = {
    textarea: element.textContent,
    select: option?.getAttribute('value') ?? '',
  };
  return {
    name: element.getAttribute('name') ?? '',
    kind,
    value: shown[tag] ?? element.getAttribute('value') ?? (choice ? 'on' : ''),
    chosen: kind !== 'file' && (!choice || element.hasAttribute('checked')),
  };
}

const isSent = ({ name, kind }: Control): boolean =>
  name !== '' && !['submit', 'button', 'image'].includes(kind);

function add(fields: Fields, { name, value }: Control): void {
  const before = fields[name];
  fields[name] = before === undefined ? value : [before, value].flat().map(String);
}

function checkChoice(controls: readonly Control[], name: string, value: FieldValue): void {
  const [first] = controls;
  if (first === undefined) throw new Error(`the form has no field ${name}`);
  if (first.kind !== 'radio' && first.kind !== 'checkbox') return;
  const choices = controls.map((control) => control.value);
  for (const choice of [value].flat()) {
    if (!choices.includes(String(choice)))
      throw new Error(`${name} has no choice ${String(choice)}: ${choices}`);
  }
}
