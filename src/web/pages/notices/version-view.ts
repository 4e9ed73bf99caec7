import { showInstant } from '../../../day.ts';
import type { VersionRecord as ExtractVersion } from '../../../extracts/registered-version.ts';
import { textLength } from '../../../notices/gsm-7.ts';
import { type NoticeContent, noticeParts } from '../../../notices/notice.ts';
import { noticeFaults, type PointsContext, points } from '../../../notices/notice-points.ts';
import type { Translation, VersionRecord } from '../../../notices/notice-store.ts';
import { OLDEST_AGE, readability } from '../../../notices/readability.ts';
import { paths } from '../../paths.ts';
import type { NameOf } from '../objections/who.ts';
import { formatWords, languageWords, partWords, stateTags } from './words.ts';

/** A version of a notice as its page shows it: word by word, and what it was held against. */
export function versionView(
  version: VersionRecord,
  context: Omit<PointsContext, 'recipients'>,
  extracts: readonly ExtractVersion[],
  translations: readonly Translation[],
  nameOf: NameOf,
) {
  const { noticeId, content, covers, state } = version;
  const covered = covers.map(({ extractId, version: number }) => {
    const found = extracts.find((one) => one.extractId === extractId && one.version === number);
    const isOver = found === undefined || found.state === 'ended' || found.state === 'superseded';
    return {
      text: `${found?.name ?? extractId}, version ${number}`,
      href: paths.extractVersion(extractId, number),
      recipient: found?.recipient ?? '',
      isOver,
      isDraft: found?.state === 'draft',
    };
  });
  const recipients = [...new Set(covered.map(({ recipient }) => recipient))];
  const faults = noticeFaults(content, { ...context, recipients });
  const by = (id: string | null) => nameOf({ kind: 'staff', id: id ?? '' });
  return {
    number: version.version,
    state: stateTags[state],
    isDraft: state === 'draft',
    isPublished: state === 'published',
    covered,
    facts: [
      { key: 'Written', value: `${showInstant(version.draftedAt)} by ${by(version.draftedBy)}` },
      ...(version.publishedAt === null
        ? []
        : [{ key: 'Published', value: `${showInstant(version.publishedAt)} by ${by(version.publishedBy)}` }]),
      ...(version.publishedIndex === null
        ? []
        : [
            {
              key: 'In the ledger',
              value: `Entry ${version.publishedIndex}, with the digest of these words`,
            },
          ]),
      ...(version.withdrawnAt === null
        ? []
        : [{ key: 'Withdrawn', value: `${showInstant(version.withdrawnAt)} by ${by(version.withdrawnBy)}` }]),
    ],
    parts: noticeParts.map((part) => ({ name: partWords[part], text: content[part] })),
    checks: points.map((point) => ({
      says: point.says,
      part: partWords[point.part],
      isMissing: faults.some((fault) => fault.point === point),
      missing: point.missing,
    })),
    against: faults
      .filter(({ point }) => point === undefined)
      .map(({ part, text }) => `${partWords[part]}: ${text}`),
    readability: readabilityView(content),
    text: textView(content.textMessage),
    translations: translations.map((one) => ({
      name: `${languageWords(one.language)}, ${formatWords[one.format].toLowerCase()}`,
      href: paths.noticeTranslation(noticeId, one.id),
      added: `${showInstant(one.addedAt)} by ${by(one.addedBy)}`,
    })),
  };
}

/** How old a reader has to be, part by part and for the whole. The text message is read by itself, so it counts alone. */
function readabilityView(content: NoticeContent) {
  const line = (name: string, text: string) => {
    const found = readability(text);
    return {
      name,
      grade: found?.grade.toFixed(1) ?? '',
      age: found?.age ?? null,
      isHard: found !== null && found.age > OLDEST_AGE,
    };
  };
  const read = noticeParts.filter((part) => part !== 'textMessage').map((part) => content[part]);
  return {
    whole: line('The whole notice', read.join('\n')),
    parts: noticeParts.map((part) => line(partWords[part], content[part])),
    oldest: OLDEST_AGE,
  };
}

/** How long a text message is, in words. */
export function textView(text: string) {
  const { alphabet, units, segments, left, outside } = textLength(text);
  const counted = alphabet === 'gsm-7' ? 'characters (GSM-7)' : 'characters (UCS-2, which holds fewer)';
  return {
    text,
    length: `${units} ${counted} in ${segments === 1 ? '1 segment' : `${segments} segments`}, ${left} left`,
    outside: outside.length === 0 ? null : `Only because of: ${outside.join(' ')}`,
  };
}
