// A second guard, written to be obvious rather than fast, and without a line of the first: a text is read character
// by character into a list of records, and each is looked at in turn. Tests compare the two.
import { createHmac } from 'node:crypto';

export type SlowPatient = {
  nhsNumber: string;
  type1: boolean;
  type2: boolean;
  left: boolean;
  restricted: boolean;
};

export type SlowPlan = {
  fields: readonly { name: string; treatment: string }[];
  nhsNumberColumn: string | null;
  withholdsNobody: boolean;
  type1: boolean;
  type2: boolean;
  includeLeft: boolean;
  patients: readonly SlowPatient[];
  pseudonymKey: Buffer;
};

export type SlowAnswer =
  | { ok: false; reason: string }
  | {
      ok: true;
      output: Buffer;
      in: number;
      out: number;
      reasons: Record<string, number>;
      emptied: number;
      left: Set<string>;
    };

type SlowRecord = { raw: string; cells: string[]; lineEnd: string; bad: boolean };

export function slowGuard(input: Buffer, plan: SlowPlan): SlowAnswer {
  const text = validStart(input);
  const broken = Buffer.byteLength(text) < input.length;
  const bom = text.startsWith('\ufeff') ? '\ufeff' : '';
  const { records, unclosed } = readRecords(text.slice(bom.length), broken);
  const [header, ...rows] = records;
  const endFault = broken ? 'not-utf-8' : unclosed ? 'unclosed-quote' : undefined;
  if (header === undefined) return { ok: false, reason: endFault ?? 'empty-body' };

  const names = header.cells.map((cell) => plain(cell).trim());
  const person = personColumn(names, plan);
  if (typeof person === 'string') return { ok: false, reason: person };
  const columns: number[] = [];
  for (const field of plan.fields) {
    const isPerson = plan.nhsNumberColumn === null && USUAL.includes(field.name.toLowerCase());
    const found = isPerson ? [person] : names.flatMap((name, i) => (name === field.name ? [i] : []));
    if (found.length === 0) return { ok: false, reason: 'field-missing' };
    if (found.length > 1) return { ok: false, reason: 'field-doubled' };
    columns.push(found[0] as number);
  }
  const isUndecided = ({ name }: { name: string }) =>
    plan.nhsNumberColumn !== null && name !== plan.nhsNumberColumn && USUAL.includes(name.toLowerCase());
  if (!plan.withholdsNobody && plan.fields.some(isUndecided))
    return { ok: false, reason: 'two-nhs-number-columns' };

  let output = bom + columns.map((column) => header.cells[column]).join(',') + header.lineEnd;
  let out = 0;
  let emptied = 0;
  const reasons: Record<string, number> = {};
  const left = new Set<string>();
  for (const row of rows) {
    const readable = !row.bad && row.cells.length === names.length;
    if (!readable && plan.withholdsNobody) return { ok: false, reason: 'row-cannot-be-read' };
    const number = readable ? slowNhsNumber(plain(row.cells[person] as string)) : undefined;
    const reason = readable ? whyWithheld(number, plan) : 'cannot-be-read';
    if (reason !== undefined) {
      reasons[reason] = (reasons[reason] ?? 0) + 1;
      continue;
    }
    out += 1;
    if (number !== undefined && number !== 'none' && number !== 'invalid') left.add(number);
    const cells = columns.map((column, i) => {
      const cell = row.cells[column] as string;
      const { treatment } = plan.fields[i] as { treatment: string };
      if (treatment === 'keep') return cell;
      const treated = slowTreated(treatment, plain(cell), column === person, plan);
      const isNone = slowNhsNumber(plain(cell)) === 'none' && column === person && treatment === 'pseudonym';
      if (treated === '' && plain(cell).trim() !== '' && !isNone) emptied += 1;
      return treated;
    });
    output += cells.join(',') + row.lineEnd;
  }
  if (endFault !== undefined) return { ok: false, reason: endFault };
  return { ok: true, output: Buffer.from(output), in: rows.length, out, reasons, emptied, left };
}

const USUAL = ['nhs_number', 'nhsnumber', 'nhs number', 'nhs no', 'nhsno'];

function personColumn(names: string[], plan: SlowPlan): number | string {
  const isIt = (name: string) =>
    plan.nhsNumberColumn === null ? USUAL.includes(name.toLowerCase()) : name === plan.nhsNumberColumn;
  const found = names.flatMap((name, i) => (isIt(name) ? [i] : []));
  if (found.length > 1) return 'two-nhs-number-columns';
  return found[0] ?? 'no-nhs-number-column';
}

/** The longest start of the bytes that is valid UTF-8. */
function validStart(bytes: Buffer): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let length = bytes.length; ; length--) {
    try {
      return decoder.decode(bytes.subarray(0, length));
    } catch {
      // one byte less
    }
  }
}

/** `cutOff`: what follows the text is unknown, so a record without a line end is not one yet. */
function readRecords(text: string, cutOff: boolean): { records: SlowRecord[]; unclosed: boolean } {
  const records: SlowRecord[] = [];
  let p = 0;
  while (p < text.length) {
    const start = p;
    const cells: string[] = [];
    let bad = false;
    let lineEnd = '';
    for (;;) {
      const from = p;
      let closedAt = -1;
      if (text[p] === '"') {
        p += 1;
        while (closedAt < 0) {
          if (p >= text.length) return { records, unclosed: true };
          if (text[p] !== '"') p += 1;
          else if (text[p + 1] === '"') p += 2;
          else closedAt = p += 1;
        }
      }
      while (p < text.length && text[p] !== ',' && text[p] !== '\n') p += 1;
      let cell = text.slice(from, p);
      if (text[p] === '\n') {
        lineEnd = cell.endsWith('\r') ? '\r\n' : '\n';
        if (cell.endsWith('\r')) cell = cell.slice(0, -1);
      }
      if (closedAt >= 0 ? from + cell.length > closedAt : cell.includes('"')) bad = true;
      cells.push(cell);
      p += 1;
      if (text[p - 1] !== ',') break;
    }
    const raw = text.slice(start, Math.min(p, text.length));
    if (raw.includes('\0')) bad = true;
    if (lineEnd === '' && cutOff) break;
    if (cells.length > 1 || cells[0] !== '') records.push({ raw, cells, lineEnd, bad });
  }
  return { records, unclosed: false };
}

function plain(cell: string): string {
  if (cell.length >= 2 && cell.startsWith('"') && cell.endsWith('"')) {
    return cell.slice(1, -1).split('""').join('"');
  }
  return cell;
}

const PASSED_OVER =
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a' +
  '\u2028\u2029\u202f\u205f\u3000\ufeff-\u2010\u2011';

/** Ten digits, `none` or `invalid`. */
export function slowNhsNumber(text: string): string {
  let digits = '';
  for (const character of text) {
    const place = '0123456789０１２３４５６７８９'.indexOf(character);
    if (place >= 0) digits += String(place % 10);
    else if (!PASSED_OVER.includes(character)) return 'invalid';
  }
  if (digits === '') return 'none';
  if (digits.length !== 10 || digits === (digits[0] as string).repeat(10)) return 'invalid';
  const weights = [10, 9, 8, 7, 6, 5, 4, 3, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  const check = 11 - (sum % 11);
  if (check === 10) return 'invalid';
  return Number(digits[9]) === (check === 11 ? 0 : check) ? digits : 'invalid';
}

function whyWithheld(number: string | undefined, plan: SlowPlan): string | undefined {
  if (plan.withholdsNobody) return undefined;
  if (number === 'none') return 'no-nhs-number';
  if (number === 'invalid') return 'invalid-nhs-number';
  const same = plan.patients.filter((patient) => patient.nhsNumber === number);
  if (same.length === 0) return 'not-on-list';
  if (plan.type1 && same.some((patient) => patient.type1)) return 'objected-type-1';
  if (plan.type2 && same.some((patient) => patient.type2)) return 'objected-type-2';
  if (same.length > 1) return 'ambiguous';
  if (same[0]?.restricted) return 'restricted';
  if (same[0]?.left && !plan.includeLeft) return 'left-practice';
  return undefined;
}

export function slowTreated(treatment: string, text: string, isPerson: boolean, plan: SlowPlan): string {
  const value = text.trim();
  if (treatment === 'pseudonym') {
    const number = isPerson ? slowNhsNumber(text) : value;
    if (number === '' || number === 'none' || number === 'invalid') return '';
    return `p${createHmac('sha256', plan.pseudonymKey).update(number).digest('hex').slice(0, 32)}`;
  }
  if (treatment === 'outward-code') {
    const postcode = value.toUpperCase();
    if (!/[0-9][A-Z][A-Z]$/.test(postcode)) return '';
    const outward = postcode.slice(0, -3).replace(/ +$/, '');
    return /^([A-Z]|[A-Z][A-Z])[0-9]([0-9]|[A-Z])?$/.test(outward) ? outward : '';
  }
  const month = slowMonth(value);
  if (month === undefined) return '';
  return treatment === 'year' ? month.slice(0, 4) : month;
}

const MONTH_NAMES = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function slowMonth(value: string): string | undefined {
  const time = '([ T][0-9][0-9]:[0-9][0-9](:[0-9][0-9]([.][0-9]+)?)?(Z|[+-][0-9][0-9]:?[0-9][0-9])?)?$';
  const has = (start: string) => new RegExp(`^${start}${time}`).test(value);
  let parts: string[] | undefined;
  if (has('[0-9]{4}-[0-9]{2}-[0-9]{2}')) parts = value.slice(0, 10).split('-');
  else if (has('[0-9]{2}/[0-9]{2}/[0-9]{4}')) parts = value.slice(0, 10).split('/').reverse();
  else if (has('[0-9]{2}-[A-Za-z]{3}-[0-9]{4}')) {
    const [day, name, year] = value.slice(0, 11).split('-') as [string, string, string];
    parts = [year, String(MONTH_NAMES.indexOf(name.toUpperCase()) + 1).padStart(2, '0'), day];
  }
  if (parts === undefined) return undefined;
  const [year, month, day] = parts.map(Number) as [number, number, number];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (month < 1 || month > 12 || day < 1 || day > (days[month - 1] as number)) return undefined;
  return `${parts[0]}-${parts[1]}`;
}
