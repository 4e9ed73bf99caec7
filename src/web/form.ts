import type { ZodError, ZodType } from 'zod';
import { dayParts } from './day-field.ts';

/** What was wrong with one field, in words that say how to put it right. A date's field is `name-day` and so on. */
export interface FieldError {
  field: string;
  text: string;
}

type Values = Record<string, unknown>;

/** The fields `name-day`, `name-month` and `name-year` of a body, put together as `name: { day, month, year }`. */
function gather(body: unknown): Values {
  const values: Values = Object.create(null);
  for (const [key, value] of Object.entries(body ?? {})) {
    const [, name, part] = /^([a-z]\w*)-(day|month|year)$/i.exec(key) ?? [];
    if (name && part) values[name] = { ...(values[name] as object), [part]: value };
    else values[key] = value;
  }
  return values;
}

/** A form as its page shows it: what was typed, and what is wrong. Its methods give the options of components. */
export class Form {
  readonly #values: Values;
  readonly errors: FieldError[];

  /** @param body the fields as they were sent, or first values. @param errors in the order of the page. */
  constructor(body: unknown = {}, errors: FieldError[] = []) {
    this.#values = gather(body);
    this.errors = errors.filter(({ field }, i) => errors.findIndex((error) => error.field === field) === i);
  }

  #error(name: string): { text: string } | undefined {
    const found = this.errors.find(({ field }) => field === name || field.startsWith(`${name}-`));
    return found && { text: found.text };
  }

  /** For input, textarea, select, radios, character-count, search-input. */
  field(name: string): { name: string; value?: string; errorMessage?: { text: string } | undefined } {
    const value = this.#values[name];
    return { name, ...(typeof value === 'string' && { value }), errorMessage: this.#error(name) };
  }

  /** Whether something was typed in a field, or is wrong with it. */
  has(name: string): boolean {
    const value = this.#values[name];
    const typed = value instanceof Object ? Object.values(value) : [value];
    return this.#error(name) !== undefined || typed.some((one) => typeof one === 'string' && one !== '');
  }

  /** For checkboxes. */
  choices(name: string): { name: string; values: unknown[]; errorMessage?: { text: string } | undefined } {
    return { name, values: [this.#values[name] ?? []].flat(), errorMessage: this.#error(name) };
  }

  /**
   * For date-input: three fields `name-day`, `name-month`, `name-year`. Red are those that are missing; else the one that is
   * wrong, or all of them where it is the date as a whole. NHS digital service manual, "Date input".
   */
  day(name: string): { id: string; items: object[]; errorMessage?: { text: string } | undefined } {
    const typed = (this.#values[name] ?? {}) as Values;
    const valueIn = (part: string) => (typeof typed[part] === 'string' ? typed[part] : undefined);
    const at = this.errors.find(({ field }) => field.startsWith(`${name}-`))?.field.slice(name.length + 1);
    const missing = dayParts.filter((part) => (valueIn(part) ?? '').trim() === '');
    const isWrong = (part: string) =>
      missing.length > 0 ? missing.some((one) => one === part) : at === 'day' || at === part;
    const items = dayParts.map((part) => ({
      name: `${name}-${part}`,
      id: `${name}-${part}`,
      label: part.charAt(0).toUpperCase() + part.slice(1),
      width: part === 'year' ? 4 : 2,
      value: valueIn(part),
      error: (at !== undefined && isWrong(part)) || undefined,
    }));
    return { id: name, items, errorMessage: this.#error(name) };
  }
}

/** The form of a page that has none. */
export const noForm = new Form();

/** The faults that zod found, as errors of the fields they belong to. */
export function formErrors(error: ZodError): FieldError[] {
  return error.issues.map(({ path, message }) => ({ field: path.join('-'), text: message }));
}

/** Checks the fields that were sent: either their value, or the form to show again with status 400. */
export function readForm<T>(
  schema: ZodType<T>,
  body: unknown,
): { ok: true; value: T } | { ok: false; form: Form } {
  const read = schema.safeParse(gather(body));
  return read.success
    ? { ok: true, value: read.data }
    : { ok: false, form: new Form(body, formErrors(read.error)) };
}
