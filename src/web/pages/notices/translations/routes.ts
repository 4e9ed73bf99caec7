import { type Response, Router } from 'express';
import { z } from 'zod';
import { showInstant } from '../../../../day.ts';
import { letterPractice } from '../../../../notices/letter-practice.ts';
import {
  CHILD_NAME,
  type NoticePart,
  noticeParts,
  type TranslatedContent,
} from '../../../../notices/notice.ts';
import { translationFormats } from '../../../../notices/notice-store.ts';
import type { TranslatedPart } from '../../../../notices/translate-notice.ts';
import type { Services } from '../../../../services.ts';
import { type FieldError, Form, noForm, readForm } from '../../../form.ts';
import { sayDone } from '../../../middleware/done-banner.ts';
import { actorOf, personOf } from '../../../middleware/log-in.ts';
import { PageError } from '../../../middleware/page-error.ts';
import { requirePermission } from '../../../middleware/require-permission.ts';
import { paths } from '../../../paths.ts';
import { render } from '../../../view-engine.ts';
import { neededText, plainText } from '../../objections/plain-text.ts';
import { whoActed } from '../../objections/who.ts';
import { MOST } from '../edit/form.ts';
import { type NamedVersion, noticeNamed, versionNamed } from '../find.ts';
import { textView } from '../version-view.ts';
import { formatWords, isRightToLeft, languageWords, partWords } from '../words.ts';

const parts = Object.fromEntries(
  noticeParts.map((part) => [part, plainText(MOST, partWords[part])]),
) as Record<NoticePart, ReturnType<typeof plainText>>;

const translationForm = z
  .object({
    language: neededText(20, 'Language', 'Enter the language as a code, such as pl for Polish'),
    format: z.enum(translationFormats, 'Select the format'),
    aboutChild: plainText(200, 'To the parent or guardian of a child under 13'),
    ...parts,
  })
  .transform(({ language, format, ...content }) => ({
    language,
    format,
    content: content as TranslatedContent,
  }));

const errors: Readonly<Record<string, FieldError>> = {
  'language-unknown': { field: 'language', text: 'Enter the language as a code, such as pl for Polish' },
  'plain-english': {
    field: 'format',
    text: 'The version itself is in standard English. Select easy read, or enter another language',
  },
  'there-already': { field: 'language', text: 'This version is there in this language and format already' },
  'not-published': { field: 'language', text: 'This version is not in use, so nothing is added to it' },
};

/** What a part of a translation has to have, which even somebody who does not read it can see. */
const missingWords = (part: TranslatedPart): FieldError => ({
  field: part,
  text:
    {
      textMessage: 'Enter the text message, with the address of the practice’s page in it',
      nationalOptOut: 'Enter this part, with the number 0300 303 5678 in it',
      aboutChild: `Enter how the letter turns to the parent or guardian of a child, with ${CHILD_NAME} where the child’s name goes`,
    }[part as string] ?? `Enter this part: ${partWords[part as NoticePart]}`,
});

/** Further languages and formats of a published version. */
export function translationRoutes(services: Services): Router {
  const router = Router();
  const { notices } = services;
  const may = requirePermission('write-notices');
  const path = paths.translateNotice(':id', ':version');

  const show = (res: Response, { notice, version }: NamedVersion, form: Form) => {
    if (version.state !== 'published') throw new PageError(404, 'only what is in use is translated');
    render(res.status(form.errors.length > 0 ? 400 : 200), 'notices/translate', {
      title: 'Add a translation or easy read',
      back: paths.noticeVersion(notice.id, version.version),
      noticeName: `${notice.name}, version ${version.version}`,
      action: paths.translateNotice(notice.id, version.version),
      most: MOST,
      formatItems: translationFormats.map((value) => ({ value, text: formatWords[value] })),
      childName: CHILD_NAME,
      parts: noticeParts.map((part) => ({
        name: part,
        label: partWords[part],
        hint: `In English: ${version.content[part]}`,
        rows: part === 'title' ? 1 : 4,
      })),
      form,
    });
  };

  router.get(path, may, async (req, res) => show(res, await versionNamed(services, res, req.params), noForm));

  router.post(path, may, async (req, res) => {
    const named = await versionNamed(services, res, req.params);
    const read = readForm(translationForm, req.body);
    if (!read.ok) return show(res, named, read.form);
    const { practiceId, practice } = personOf(res);
    const { link } = letterPractice(services.config.publicUrl, practice);
    const of = { practiceId, noticeId: named.notice.id, version: named.version.version };
    const done = await notices.translate({ ...of, ...read.value, link }, actorOf(res));
    if (!done.ok) {
      const faults =
        done.reason === 'not-complete'
          ? done.missing.map(missingWords)
          : [errors[done.reason] ?? { field: 'language', text: `It cannot be saved (${done.reason})` }];
      return show(res, named, new Form(req.body, faults));
    }
    sayDone(req, 'Added. It never changes from now on');
    return res.redirect(303, paths.noticeTranslation(of.noticeId, done.id));
  });

  router.get(
    paths.noticeTranslation(':id', ':translation'),
    requirePermission('view-notices'),
    async (req, res) => {
      const { notice, versions } = await noticeNamed(services, res, req.params.id);
      const all = await Promise.all(versions.map(notices.translationsOf));
      const found = all.flat().find(({ id }) => id === req.params.translation);
      const version = versions.find((one) => one.version === found?.version);
      if (found === undefined || version === undefined) throw new PageError(404, 'no such translation');
      const nameOf = await whoActed(services, res);
      const format = (name: string) =>
        `${paths.noticeFormats(notice.id, version.version)}/${name}?translation=${found.id}`;
      render(res, 'notices/translation', {
        title: `${notice.name}, version ${version.version}: ${languageWords(found.language)}, ${formatWords[found.format].toLowerCase()}`,
        back: paths.noticeVersion(notice.id, version.version),
        language: found.language,
        direction: isRightToLeft(found.language) ? 'rtl' : 'ltr',
        added: `${showInstant(found.addedAt)} by ${nameOf({ kind: 'staff', id: found.addedBy })}`,
        parts: [
          ...noticeParts.map((part) => ({ name: partWords[part], text: found.content[part] })),
          ...(found.content.aboutChild
            ? [{ name: 'To a parent or guardian', text: found.content.aboutChild }]
            : []),
        ],
        text: textView(found.content.textMessage),
        format,
      });
    },
  );

  return router;
}
