import { showDay } from '../../day.ts';
import { clinicalCodes } from '../../objections/clinical-codes.ts';
import type { FormWording } from '../../objections/form-wordings.ts';
import { bytesOf, mm, openTaggedSheet, type Sheet } from './sheet.ts';
import { decoration, tagged } from './tags.ts';

/** Who fills the form in: the patient, or somebody who asks for a child or a dependent. */
export type FormFor = 'self' | 'proxy';

export type FormPractice = { readonly name: string; readonly madeUp: boolean };

const LEFT = mm(18);
const WIDTH = mm(174);
const LABEL = mm(52);
/** High enough to write on; the form of a proxy has more of them. */
const LINE = { self: mm(11), proxy: mm(9.2) } as const;
const BOX = mm(5);

const patientFields = [
  'Title',
  'Given names',
  'Family name',
  'Date of birth',
  'NHS number, if you know it',
  'Address and postcode',
  '',
  'Phone number, if you like',
];
const proxyFields = [
  'Your name',
  'Your address',
  'You are the patient’s … (such as parent, guardian, attorney or deputy)',
];

const systems = { 'read-v2': 'Read v2', ctv3: 'CTV3', snomed: 'SNOMED CT' } as const;

/** The codes that staff enter for what the patient ticked; only those that a published source gives. */
export function staffCodes(meaning: 'dissent' | 'withdrawn'): string {
  return clinicalCodes
    .filter((code) => code.type === 'type-1' && code.meaning === meaning && code.verified)
    .map(({ system, code }) => `${systems[system]} ${code}`)
    .join(', ');
}

/** The type 1 form as a file of one page for each of `forWhom`. */
export function type1FormPdf(
  practice: FormPractice,
  wording: FormWording,
  forWhom: readonly FormFor[],
  now: Date,
): Promise<Buffer> {
  const sheet = openTaggedSheet(wording.title, 'en-GB', now);
  for (const who of forWhom) {
    sheet.addPage();
    drawType1Form(sheet, practice, wording, who);
  }
  return bytesOf(sheet);
}

/** Draws the form on the page there is. */
export function drawType1Form(
  sheet: Sheet,
  { name, madeUp }: FormPractice,
  wording: FormWording,
  who: FormFor,
): void {
  tagged(sheet, 'P', () =>
    sheet.fillColor('#000').font('bold').fontSize(10).text(name, LEFT, mm(12), { width: WIDTH }),
  );
  const forWhom = who === 'self' ? 'for yourself' : 'for a child or a dependent';
  tagged(sheet, 'H1', () =>
    sheet.fontSize(15).text(`${wording.title}, ${forWhom}`, LEFT, mm(17), { width: WIDTH }),
  );
  sheet.font('regular').fontSize(8.5);
  let y = mm(26);
  for (const paragraph of wording.explains) {
    const from = y;
    tagged(sheet, 'P', () => sheet.text(paragraph, LEFT, from, { width: WIDTH, lineGap: -1 }));
    y = sheet.y + mm(0.8);
  }
  y = heading(sheet, 'The patient', y);
  y = lines(sheet, patientFields, y, LINE[who]);
  if (who === 'proxy') {
    y = heading(sheet, 'You, who ask for the patient', y);
    y = lines(sheet, proxyFields, y, LINE[who]);
  }
  y = heading(sheet, 'The decision (tick one)', y);
  for (const words of [wording.object[who], wording.withdraw[who]]) y = tickBox(sheet, words, y);
  y = heading(sheet, 'Signature', y);
  const declares = { width: WIDTH, lineGap: -1 };
  tagged(sheet, 'P', () => sheet.font('regular').fontSize(9).text(wording.declares[who], LEFT, y, declares));
  y = sheet.y + mm(1);
  y = sideBySide(sheet, ['Signature', 'Date'], LEFT, y);
  y = staffPart(sheet, y + mm(2));
  sheet.font('regular').fontSize(8);
  const warning = madeUp ? ' Made-up practice: nobody is to get this form.' : '';
  const foot = `Form ${wording.id}, in use from ${showDay(wording.from)}.${warning}`;
  tagged(sheet, 'P', () => sheet.text(foot, LEFT, mm(288), { lineBreak: false }));
}

function heading(sheet: Sheet, words: string, y: number): number {
  tagged(sheet, 'H2', () =>
    sheet
      .font('bold')
      .fontSize(10.5)
      .text(words, LEFT, y + mm(2.5), { width: WIDTH }),
  );
  return sheet.y + mm(0.5);
}

function lines(sheet: Sheet, labels: readonly string[], from: number, line: number): number {
  let y = from;
  for (const label of labels) {
    sheet.font('regular').fontSize(9);
    const height = Math.max(line, sheet.heightOfString(label, { width: LABEL - mm(2) }) + mm(1));
    const top = y + height - sheet.heightOfString(label, { width: LABEL - mm(2) }) - 1;
    if (label !== '') tagged(sheet, 'P', () => sheet.text(label, LEFT, top, { width: LABEL - mm(2) }));
    rule(sheet, LEFT + LABEL, y + height, WIDTH - LABEL);
    y += height;
  }
  return y;
}

function sideBySide(sheet: Sheet, labels: readonly string[], left: number, y: number): number {
  const height = mm(10);
  const width = (LEFT + WIDTH - left) / labels.length;
  labels.forEach((label, i) => {
    const x = left + i * width;
    tagged(sheet, 'P', () =>
      sheet
        .font('regular')
        .fontSize(9)
        .text(label, x, y + height - mm(4.4), { lineBreak: false }),
    );
    const wide = sheet.widthOfString(label) + mm(2);
    rule(sheet, x + wide, y + height, width - wide - mm(4));
  });
  return y + height + mm(1.5);
}

function tickBox(sheet: Sheet, words: string, y: number): number {
  box(sheet, y + mm(1), LEFT, BOX, 1.2);
  sheet.font('regular').fontSize(10);
  const beside = { width: WIDTH - BOX - mm(3), lineGap: -1 };
  tagged(sheet, 'P', () => sheet.text(words, LEFT + BOX + mm(3), y + mm(0.6), beside));
  return Math.max(sheet.y, y + mm(1) + BOX) + mm(1.5);
}

function staffPart(sheet: Sheet, top: number): number {
  const x = LEFT + mm(3);
  tagged(sheet, 'H2', () =>
    sheet
      .font('bold')
      .fontSize(9.5)
      .text('For the practice only', x, top + mm(2), { lineBreak: false }),
  );
  let y = sideBySide(sheet, ['Received on', 'Recorded on', 'By'], x, top + mm(5));
  sheet.font('regular').fontSize(8.5);
  for (const [words, meaning] of [
    ['Objection recorded. Code to enter', 'dissent'],
    ['Withdrawal recorded, identity checked. Code to enter', 'withdrawn'],
  ] as const) {
    box(sheet, y + mm(0.8), x, mm(4), 0.8);
    const [from, beside] = [y + mm(0.8), { width: WIDTH - mm(12) }];
    tagged(sheet, 'P', () => sheet.text(`${words}: ${staffCodes(meaning)}`, x + mm(6), from, beside));
    y = Math.max(sheet.y, y + mm(5)) + mm(0.5);
  }
  decoration(sheet, () => {
    sheet
      .rect(LEFT, top, WIDTH, y - top + mm(1))
      .lineWidth(0.6)
      .stroke('#555');
  });
  return y;
}

/** A box to tick. */
function box(sheet: Sheet, top: number, left: number, side: number, line: number): void {
  decoration(sheet, () => {
    sheet.rect(left, top, side, side).lineWidth(line).stroke('#000');
  });
}

function rule(sheet: Sheet, x: number, y: number, width: number): void {
  decoration(sheet, () => {
    sheet
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(0.6)
      .stroke('#333');
  });
}
