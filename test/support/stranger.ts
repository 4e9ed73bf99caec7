import { parseNhsNumber } from '../../src/patients/nhs-number.ts';

/** What a stranger got: addresses (or names of files), and what stood there. */
export type Pages = ReadonlyMap<string, string>;

/** A number that a page shows, with the words before and after it. */
export type Seen = { readonly number: number; readonly words: string };

const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';

/** What has digits and counts nothing, as it stands in text. */
const noCounts: readonly RegExp[] = [
  // Random ids, hashes, signatures, keys, codes, addresses.
  /https?:\/\/\S+/g,
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
  /(?<![\w+/=])(?=[\w+/=]*[A-Za-z])[\w+/=.-]{16,}/g,
  /\b[A-Z]\d{5}\b/g,
  /\b[A-Z]{1,2}\d{2,3}\b/g,
  // Days, months and times of day.
  /\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?/g,
  new RegExp(`\\b\\d{1,2} (?:${MONTHS}) \\d{4}\\b`, 'g'),
  new RegExp(`\\b(?:${MONTHS}) \\d{4}\\b`, 'g'),
  /\b\d{4}-\d{2}\b/g,
  /\b\d{1,2}(?::\d{2})?[ap]m\b/g,
  /\bin 20\d{2}\b/g,
  // Names of things in law and in the registry.
  /\btype[ -][12]\b/gi,
  /\b(?:section|sections|regulation|regulations|Article|articles) \d+(?:\(\d\))?(?:\([a-z]\))?(?:(?:,| and| or) \d+(?:\(\d\))?(?:\([a-z]\))?)*/gi,
  /\bversion \d+\b/gi,
  /\b(?:Direction|Act|Notice) \d{4}(?:\/\d+)?/g,
  // Figures that stand in every page: telephone numbers, the width of a line of code.
  /\b0\d{3} \d{3} \d{3,4}\b/g,
  /\b0\d{2,4} \d{3} \d{4}\b/g,
];

/** Counts of what is no patient: the register is there to tell them. */
const NO_PATIENTS =
  /^\s*(?:extracts?|releases?|failures?|exemptions?|stops?|years?|days?|months?|minutes?|hours?)\b/i;

/** What a reader of a page sees: its text, each element by itself. */
export function textOf(markup: string): string {
  return markup
    .replace(/<(script|style|svg|title|head)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' | ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/&amp;/g, '&')
    .replace(/&nbsp;/g, ' ');
}

/** Every number in a text that may count patients. */
export function countsIn(text: string): Seen[] {
  const plain = noCounts.reduce((rest, pattern) => rest.replace(pattern, ' # '), text);
  return [...plain.matchAll(/(?<![\w.])\d[\d,]*(?![\w])/g)].flatMap((found) => {
    const after = plain.slice(found.index + found[0].length);
    if (NO_PATIENTS.test(after)) return [];
    const words = plain.slice(Math.max(0, found.index - 30), found.index + 30).replace(/\s+/g, ' ');
    return [{ number: Number(found[0].replaceAll(',', '')), words }];
  });
}

/** Members of JSON whose numbers count no patients. */
const noPatientMembers = ['v', 'version', 'releases', 'failed', 'entry'];

function countsInJson(value: unknown, name = ''): Seen[] {
  if (typeof value === 'string') return countsIn(value);
  if (typeof value === 'number')
    return noPatientMembers.includes(name) ? [] : [{ number: value, words: name }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([member, inner]) =>
    countsInJson(inner, Array.isArray(value) ? name : member),
  );
}

/** Every number of a page or file that may count patients, or what grows with each objection. */
export function countsOf(address: string, content: string): Seen[] {
  if (/\.json$/.test(address)) return countsInJson(JSON.parse(content));
  // How many entries a log has: its checkpoint says it, and the length of its tiles.
  if (/checkpoint$/.test(address))
    return [{ number: Number(content.split('\n')[1]), words: 'size of the log' }];
  if (/\/tile\//.test(address)) return [{ number: content.length, words: 'length of a tile' }];
  if (/tlog-proof/.test(address)) {
    const [, index = ''] = /^index (\d+)$/m.exec(content) ?? [];
    const [, size = ''] = /\n\n[^\n]*\n(\d+)\n/.exec(content) ?? [];
    return [index, size].map((number) => ({ number: Number(number), words: 'of a proof' }));
  }
  return countsIn(textOf(content));
}

const isSmall = (number: number): boolean => Math.abs(number) >= 1 && Math.abs(number) <= 4;

/** Counts from one to four on a page, and what comes of taking one of its numbers from another. */
export function smallCounts(pages: Pages): string[] {
  return [...pages].flatMap(([address, content]) => {
    const counts = countsOf(address, content);
    const direct = counts
      .filter(({ number }) => isSmall(number))
      .map(({ number, words }) => `${address} shows ${number}: ${words}`);
    const between = counts.flatMap((one, place) =>
      counts
        .slice(place + 1)
        .filter((other) => isSmall(one.number - other.number))
        // The place of the register in the log is the last: it is one less than the size, whatever happens.
        .filter((other) => !(one.words === 'of a proof' && other.number - one.number === 1))
        .map((other) => `${address} shows ${one.number} and ${other.number}: ${one.words} / ${other.words}`),
    );
    return [...direct, ...between];
  });
}

/** What comes of taking a number of one day from any of the same page on another day. */
export function smallDifferences(before: Pages, after: Pages): string[] {
  return [...after].flatMap(([address, content]) => {
    const old = before.get(address);
    if (old === undefined) return [];
    return countsOf(address, old).flatMap((one) =>
      countsOf(address, content)
        .filter((other) => isSmall(other.number - one.number))
        .filter((other) => !(one.words === 'of a proof' && Math.abs(other.number - one.number) === 1))
        .map((other) => `${address} went from ${one.number} to ${other.number}: ${other.words}`),
    );
  });
}

/** Names, numbers, days of birth, references: whatever tells who somebody is. */
export function secretsIn(pages: Pages, secrets: readonly string[]): string[] {
  const wanted = secrets.map((secret) => secret.toLowerCase());
  return [...pages].flatMap(([address, content]) => {
    // Also what stands in base64, as in proofs.
    const decoded = [...content.matchAll(/[A-Za-z0-9+/=]{40,}/g)].map(([text]) =>
      Buffer.from(text, 'base64').toString('latin1'),
    );
    const text = [content, textOf(content), ...decoded].join('\n').toLowerCase();
    const known = wanted.filter((secret) => text.includes(secret));
    const numbers = [...textOf(content).matchAll(/(?<![\w.])\d(?:[\s-]?\d){9}(?!\w)/g)].map(
      ([found]) => found,
    );
    const valid = numbers.filter((found) => parseNhsNumber(found).ok);
    const emails = textOf(content).match(/[\w.+-]+@[\w-]+\.[\w.]+/g) ?? [];
    return [...known, ...valid, ...emails].map((found) => `${address} shows ${found}`);
  });
}

/** A page with what is random in it left out: the same in two practices to which the same happened. */
export function withoutChance(content: string): string {
  return content
    .replace(/(name="_csrf" value=")[^"]+/g, '$1')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/[A-Za-z0-9+/]{40,}={0,2}/g, 'BASE64')
    .replace(/\+[0-9a-f]{8}\+/g, '+KEY+')
    .replace(/&#43;[0-9a-f]{8}&#43;/g, '+KEY+')
    .replace(/<svg[\s\S]*?<\/svg>/g, 'QR')
    .replace(/T\d{5}|[0-9a-f]{12}(?=\/)/g, 'HERE');
}
