import { describe, expect, it } from 'vitest';
import { MAX_HEADER_BYTES, MAX_RECORD_BYTES } from '../../src/guard/csv-limits.ts';
import { bothTypes, directCare, indexOf, keep, scan } from './scan.ts';
import { cut } from './some-csv.ts';

const A = '9990000018';
const B = '9990000034';
const OBJECTOR = '9990000042';
const index = indexOf([{ nhsNumber: A }, { nhsNumber: B }, { nhsNumber: OBJECTOR, type1: true }]);
const all = {
  version: { fields: keep('nhs_number', 'note'), nhsNumberColumn: null },
  rule: bothTypes,
  index,
};

/** Scans rows under the header `nhs_number,note`, and gives back the rows that left. */
async function rows(text: string, plan = all) {
  const { scanned, output } = await scan(`nhs_number,note\n${text}`, plan);
  const left = output.toString().replace('nhs_number,note\n', '');
  return scanned.ok
    ? { left, in: scanned.counts.in, reasons: Object.fromEntries(scanned.reasons) }
    : { fault: scanned.reason, line: scanned.line };
}

it('a hyphen among ten characters is no digit, so that nobody else is read instead', async () => {
  const plan = { ...all, index: indexOf([{ nhsNumber: '7013087777' }]) };
  const reasons = { 'invalid-nhs-number': 1 };
  expect(await rows('70130878-2,x\n', plan)).toEqual({ left: '', in: 1, reasons });
  expect(await rows('7013087777,x\n', plan)).toMatchObject({ left: '7013087777,x\n' });
});

describe('a row that can be read', () => {
  it.each([
    ['a quoted number', `"${A}",x\n`],
    ['a number written 3-3-4', '999 000 0018,x\n'],
    ['a trailing space', `${A} ,x\n`],
    ['a line break in a note', `${A},"x\ny"\n`],
    ['quotes in a quoted note', `${A},"a ""b"" c"\n`],
    ['a comma in a quoted note', `${A},"a,b"\n`],
    ['CRLF', `${A},x\r\n`],
    ['LF and CRLF mixed', `${A},x\r\n${B},y\n`],
    ['CRLF after a quoted cell', `${A},"x"\r\n`],
    ['no line end at the end', `${A},x`],
    ['a lone carriage return, which ends nothing', `${A},x\ry\n`],
    ['a lone carriage return at the end', `${A},x\r`],
    ['characters of several bytes', `${A},naïve 漢字 😀\n`],
    ['another patient’s number in a note', `${A},seen with ${OBJECTOR}\n`],
    ['an empty quoted cell', `${A},""\n`],
  ])('leaves as it came: %s', async (_, text) =>
    expect(await rows(text)).toMatchObject({ left: text, reasons: {} }),
  );
});

describe('a row that cannot be read', () => {
  it.each([
    ['too few cells', `${A}\n`],
    ['too many cells', `${A},x,y\n`],
    ['a quote inside a bare cell', `${A},a"b\n`],
    ['a quote after a space', `${A}, "b"\n`],
    ['text after a closing quote', `${A},"a"b\n`],
    ['a space after a closing quote', `${A},"a" \n`],
    ['a carriage return after a closing quote, and no line feed', `${A},"a"\r`],
    ['a NUL', `${A},a\0b\n`],
    ['a NUL inside quotes', `${A},"a\0b"\n`],
    ['only commas', ',,\n'],
  ])('is withheld, and no other: %s', async (_, text) => {
    const whole = text.endsWith('\n') ? `${A},before\n${text}${B},after\n` : `${A},before\n${text}`;
    expect(await rows(whole)).toMatchObject({ reasons: { 'cannot-be-read': 1 } });
    expect((await rows(whole)).left).toBe(
      text.endsWith('\n') ? `${A},before\n${B},after\n` : `${A},before\n`,
    );
  });

  it('ends at the next line end outside quotes', async () => {
    const text = `${A},a"b,"one\ntwo"\n${B},x\n`;
    expect(await rows(text)).toEqual({ left: `${B},x\n`, in: 2, reasons: { 'cannot-be-read': 1 } });
  });

  it('fails the release of a direct care list, with its line', async () => {
    const text = `${A},"one\ntwo"\n\n${A},a"b\n`;
    expect(await rows(text, { ...all, rule: directCare })).toEqual({ fault: 'row-cannot-be-read', line: 5 });
  });
});

describe('numbers that are none', () => {
  it.each([
    ['9.99E+09', 'invalid-nhs-number'],
    ['9990000018.0', 'invalid-nhs-number'],
    ['9990000010', 'invalid-nhs-number'],
    ['A990000018', 'invalid-nhs-number'],
    ['', 'no-nhs-number'],
    [' ', 'no-nhs-number'],
    ['"  "', 'no-nhs-number'],
    ['9990000093', 'not-on-list'],
  ])('%j is withheld: %s', async (cell, reason) => {
    expect(await rows(`${cell},x\n`)).toEqual({ left: '', in: 1, reasons: { [reason]: 1 } });
  });

  it('leave on direct care, and the one that is a number is accounted for', async () => {
    const text = `,x\n9990000010,x\n9990000093,x\n${OBJECTOR},x\n`;
    expect(await rows(text, { ...all, rule: directCare })).toEqual({ left: text, in: 4, reasons: {} });
  });
});

describe('empty lines', () => {
  it('are dropped and not counted', async () => {
    expect(await rows(`\n${A},x\n\r\n\n${B},x\n\n`)).toMatchObject({ left: `${A},x\n${B},x\n`, in: 2 });
  });

  it('before the header are dropped', async () => {
    const { output } = await scan(`\n\r\nnhs_number,note\n${A},x\n`, all);
    expect(output.toString()).toBe(`nhs_number,note\n${A},x\n`);
  });
});

describe('the whole input', () => {
  const fault = async (input: string | Buffer) => {
    const { scanned } = await scan(input, all);
    return scanned.ok ? scanned.counts : scanned.reason;
  };

  it('may be a header only', async () => {
    const { scanned, output } = await scan('\ufeffnhs_number,note\r\n', all);
    expect(scanned).toMatchObject({ ok: true, counts: { in: 0, out: 0, withheld: 0 } });
    expect(output.toString()).toBe('\ufeffnhs_number,note\r\n');
  });

  it('may be a header without a line end', async () => {
    expect((await scan('nhs_number,note', all)).output.toString()).toBe('nhs_number,note');
  });

  it.each([
    ['empty-body', ''],
    ['empty-body', '\ufeff'],
    ['empty-body', '\n\r\n\n'],
    ['unclosed-quote', `nhs_number,note\n${A},"x\n${B},y\n`],
    ['unclosed-quote', '"nhs_number,note\n'],
    ['no-nhs-number-column', 'number,note\n'],
    ['two-nhs-number-columns', 'nhs_number,NHS Number,note\n'],
    ['field-missing', 'nhs_number,notes\n'],
    ['field-doubled', 'nhs_number,note,note\n'],
    ['header-too-long', `nhs_number,note,${'x'.repeat(MAX_HEADER_BYTES)}\n`],
    ['header-too-long', `nhs_number,note,${'x'.repeat(MAX_HEADER_BYTES)}`],
    ['record-too-long', `nhs_number,note\n${A},${'x'.repeat(MAX_RECORD_BYTES)}\n`],
    ['record-too-long', `nhs_number,note\n${A},"${'\n'.repeat(MAX_RECORD_BYTES)}`],
  ])('is refused: %s', async (reason, text) => expect(await fault(text)).toBe(reason));

  it.each([
    ['in a row', Buffer.from([0xff])],
    ['written too long', Buffer.from([0xc0, 0x80])],
    ['half of a pair', Buffer.from([0xed, 0xa0, 0x80])],
    ['cut at the end', Buffer.from([0xf0, 0x9f, 0x98])],
  ])('is refused when a byte is not UTF-8: %s', async (_, bytes) => {
    expect(await fault(Buffer.concat([Buffer.from(`nhs_number,note\n${A},`), bytes]))).toBe('not-utf-8');
  });

  it('takes the longest header and the longest record', async () => {
    const header = `nhs_number,note,${'x'.repeat(MAX_HEADER_BYTES - 16)}`;
    const row = `${A},${'x'.repeat(MAX_RECORD_BYTES - 12)},`;
    expect([Buffer.byteLength(header), Buffer.byteLength(row)]).toEqual([MAX_HEADER_BYTES, MAX_RECORD_BYTES]);
    for (const size of [65_536, 1_000_003, 4_999]) {
      const { scanned, output } = await scan(cut(Buffer.from(`${header}\r\n${row}\r\n`), [size]), all);
      expect(scanned).toMatchObject({ ok: true, counts: { out: 1 } });
      expect(output.toString()).toBe(`nhs_number,note\r\n${row.slice(0, -1)}\r\n`);
    }
  });

  it('is refused with a record one byte longer, with or without a line end', async () => {
    const row = `${A},${'x'.repeat(MAX_RECORD_BYTES - 11)},`;
    expect(await fault(`nhs_number,note,a\n${row}\n`)).toBe('record-too-long');
    expect(await fault(`nhs_number,note,a\n${row}`)).toBe('record-too-long');
  });
});
