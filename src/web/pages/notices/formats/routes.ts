import { type Request, type Response, Router } from 'express';
import { londonDay } from '../../../../day.ts';
import {
  type Addressee,
  footOf,
  type LetterPractice,
  letterOf,
  type Wording,
} from '../../../../notices/letter.ts';
import { letterPractice } from '../../../../notices/letter-practice.ts';
import { emailMessage } from '../../../../notices/message.ts';
import { sectionsOf } from '../../../../notices/part-headings.ts';
import { letterPages, oneLetter } from '../../../../notices/print/print-letters.ts';
import { undrawable } from '../../../../notices/print/sheet.ts';
import {
  leafletPdf,
  posterPdf,
  posterSections,
  waitingRoomFits,
} from '../../../../notices/print/waiting-room.ts';
import { wordingOn } from '../../../../objections/form-wordings.ts';
import type { Services } from '../../../../services.ts';
import { personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { qrCode } from '../../../qr-code.ts';
import { render } from '../../../view-engine.ts';
import { formView } from '../../forms/form-view.ts';
import { translationNamed, versionNamed } from '../find.ts';
import { textView } from '../version-view.ts';
import { formatWords, isRightToLeft, languageWords } from '../words.ts';

const names = {
  letter: 'Letter',
  'large-print': 'Letter in large print',
  poster: 'Poster',
  leaflet: 'Leaflet',
  email: 'Email',
  text: 'Text message',
} as const;
type FormatName = keyof typeof names;
const isFormat = (name: unknown): name is FormatName =>
  typeof name === 'string' && Object.hasOwn(names, name);

/** To whom a letter goes that is only looked at. */
const somebody: Addressee = {
  greeting: 'A Patient',
  lines: ['A Patient', '1 High Street', 'Exampleton', 'ZZ99 3CZ'],
};

/** The same of an email. */
const reader = { greeting: 'Dear A Patient', name: 'A Patient', child: undefined, to: [], address: [] };

/** Every format of a version, or of a translation: as a page that prints, and as PDF. */
export function formatRoutes(services: Services): Router {
  const router = Router();
  const view = requirePermission('view-notices');

  const named = async (req: Request, res: Response) => {
    const { notice, version } = await versionNamed(services, res, req.params);
    const translation = await translationNamed(services, version, req.query.translation);
    const practice = letterPractice(services.config.publicUrl, personOf(res).practice);
    const { content, language } = translation ?? { content: version.content, language: 'en' };
    const wording: Wording = {
      version: version.version,
      content,
      publishedAt: version.publishedAt,
      ...(translation && { language }),
    };
    const name = translation ? `, ${languageWords(language)} ${formatWords[translation.format]}` : '';
    return { notice, version, translation, practice, wording, language, called: `${notice.name}${name}` };
  };

  router.get(`${paths.noticeFormats(':id', ':version')}/:format.pdf`, view, async (req, res) => {
    const { format } = req.params;
    const { wording, practice } = await named(req, res);
    if (!isFormat(format) || format === 'email' || format === 'text')
      throw new PageError(404, 'no such file');
    const why = whyNoPdf(wording, practice, format);
    if (why !== undefined) throw new PageError(404, 'cannot be drawn', why);
    res.attachment(`notice-${format}.pdf`).type('application/pdf');
    res.send(await pdfOf(format, wording, practice, services.now()));
  });

  router.get(`${paths.noticeFormats(':id', ':version')}/:format`, view, async (req, res) => {
    const { format } = req.params;
    const { notice, version, translation, practice, wording, language, called } = await named(req, res);
    if (!isFormat(format)) throw new PageError(404, 'no such format');
    const query = translation ? `?translation=${translation.id}` : '';
    const hasPdf = format !== 'email' && format !== 'text';
    render(res, `notices/formats/${format === 'large-print' ? 'letter' : format}`, {
      title: `${names[format]}: ${called}`,
      back: translation
        ? paths.noticeTranslation(notice.id, translation.id)
        : paths.noticeVersion(notice.id, version.version),
      heading: names[format],
      noticeName: `${called}, version ${version.version}`,
      isDraft: version.state === 'draft',
      pdf: hasPdf ? `${paths.noticeFormats(notice.id, version.version)}/${format}.pdf${query}` : null,
      noPdf: hasPdf ? whyNoPdf(wording, practice, format) : undefined,
      practice,
      qr: await qrCode(practice.address),
      isLarge: format === 'large-print',
      isEasyRead: translation?.format === 'easy-read',
      language,
      direction: isRightToLeft(language) ? 'rtl' : 'ltr',
      letter: letterOf(wording, practice, somebody, services.now()),
      sections: format === 'poster' ? posterSections(wording) : sectionsOf(wording.content, language),
      noticeTitle: wording.content.title,
      foot: footOf(wording.version, wording.publishedAt, practice),
      text: textView(wording.content.textMessage),
      email: emailMessage(wording, reader, practice.name),
      paper: formView(personOf(res).practice, services.now(), 'self'),
    });
  });

  return router;
}

type Drawn = Exclude<FormatName, 'email' | 'text'>;

/** Why a format cannot be drawn as PDF, in words; undefined when it can. A published version can. */
function whyNoPdf(wording: Wording, practice: LetterPractice, format: Drawn): string | undefined {
  const outside = undrawable(Object.values(wording.content).join(''));
  if (outside.length > 0)
    return `The PDF has no letters for this script. Print this page instead: it uses the letters of your computer.`;
  const fits =
    format === 'letter' || format === 'large-print'
      ? letterPages(wording, practice, format === 'letter' ? 'standard' : 'large-print') !== null
      : waitingRoomFits(wording)[format];
  return fits
    ? undefined
    : 'It does not fit on its page as a PDF. Print this page instead, or shorten the text.';
}

function pdfOf(format: Drawn, wording: Wording, practice: LetterPractice, now: Date): Promise<Buffer> {
  const form = wordingOn(londonDay(now));
  if (form === undefined) throw new Error('there is no form of ours to print');
  if (format === 'poster') return posterPdf(wording, practice, now);
  if (format === 'leaflet') return leafletPdf(wording, practice, form, now);
  return oneLetter(wording, practice, somebody, now, format === 'letter' ? 'standard' : 'large-print');
}
