import { Router } from 'express';
import { londonDay, showDay } from '../../../day.ts';
import { sectionsOf } from '../../../notices/part-headings.ts';
import { type1FormPdf } from '../../../notices/print/type-1-form.ts';
import type { Services } from '../../../services.ts';
import { frameOf } from '../../frame.ts';
import { paths } from '../../paths.ts';
import { render } from '../../view-engine.ts';
import { formView, ownWording } from '../forms/form-view.ts';
import { practiceOfLog } from '../log/find-practice.ts';
import { formatWords, isRightToLeft, ownLanguageWords } from '../notices/words.ts';

const KEPT = 'public, max-age=300';
/** How long a form that was drawn is given out again; it says its own version. */
const DRAWN_KEPT = 3_600_000;

/** The practice's page for patients: what leaves to whom, how to say no, and the form. No log in, no cookie. */
export function practicePrivacyRoutes(services: Services): Router {
  const router = Router();
  const { notices, now } = services;
  const drawn = new Map<string, { readonly at: number; readonly bytes: Promise<Buffer> }>();

  router.get(paths.practicePrivacy(':ods'), async (req, res) => {
    const practice = await practiceOfLog(services, req.params.ods);
    frameOf(res).practice = practice;
    const published = await notices.published(practice.id);
    const shown = await Promise.all(
      published.map(async (version) => ({
        id: `${version.noticeId}-${version.version}`,
        title: version.content.title,
        sections: sectionsOf(version.content),
        foot: `Version ${version.version}, published on ${showDay(londonDay(version.publishedAt ?? now()))}`,
        others: (await notices.translationsOf(version)).map((one) => ({
          id: one.id,
          name: `${ownLanguageWords(one.language)}${one.format === 'standard' ? '' : `, ${formatWords[one.format].toLowerCase()}`}`,
          language: one.language,
          direction: isRightToLeft(one.language) ? 'rtl' : 'ltr',
          title: one.content.title,
          sections: sectionsOf(one.content, one.language),
        })),
      })),
    );
    render(res.set('Cache-Control', KEPT), 'privacy/practice', {
      title: `Your data and your choice: ${practice.name}`,
      practice: { name: practice.name, madeUp: practice.madeUp },
      notices: shown,
      to: {
        form: paths.practiceForm(practice.ods),
        proxyForm: paths.practiceProxyForm(practice.ods),
        pdf: paths.practiceFormPdf(practice.ods),
        log: paths.log(practice.ods),
        register: paths.publicRegister(practice.ods),
      },
    });
  });

  router.get(paths.practiceForm(':ods'), async (req, res) => {
    const practice = await practiceOfLog(services, req.params.ods);
    frameOf(res).practice = practice;
    const forProxy = req.query.for === 'proxy';
    render(res.set('Cache-Control', KEPT), 'privacy/form', {
      title: 'Type 1 form to print',
      back: paths.practicePrivacy(practice.ods),
      paper: formView(practice, now(), forProxy ? 'proxy' : 'self'),
      other: forProxy ? paths.practiceForm(practice.ods) : paths.practiceProxyForm(practice.ods),
      pdf: paths.practiceFormPdf(practice.ods),
    });
  });

  router.get(paths.practiceFormPdf(':ods'), async (req, res) => {
    const practice = await practiceOfLog(services, req.params.ods);
    const at = now();
    const wording = ownWording(at);
    const key = `${practice.id} ${practice.name} ${wording.id}`;
    const known = drawn.get(key);
    // Drawn once for many: whoever asks again and again costs nothing.
    const isNew = known === undefined || at.getTime() - known.at > DRAWN_KEPT;
    const bytes = isNew ? type1FormPdf(practice, wording, ['self', 'proxy'], at) : known.bytes;
    if (isNew) drawn.set(key, { at: at.getTime(), bytes });
    res
      .set('Cache-Control', KEPT)
      .attachment('type-1-form.pdf')
      .type('application/pdf')
      .send(await bytes);
  });

  return router;
}
