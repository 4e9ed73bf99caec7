import { z } from 'zod';
import type { VersionRecord as ExtractVersion } from '../../../../extracts/registered-version.ts';
import {
  type Covered,
  type NoticeContent,
  type NoticePart,
  noticeParts,
} from '../../../../notices/notice.ts';
import type { Published } from '../../../../notices/publish-notice.ts';
import type { FieldError } from '../../../form.ts';
import { neededText, plainText } from '../../objections/plain-text.ts';
import { partWords } from '../words.ts';

/** Characters of one part, at most. */
export const MOST = 2000;

const keyOf = ({ extractId, version }: Covered): string => `${extractId}/${version}`;

const covers = z.preprocess(
  (sent) => [sent ?? []].flat(),
  z.array(z.string().regex(/^[a-z0-9-]{1,60}\/\d{1,6}$/)).catch([]),
);

const coveredOf = (keys: readonly string[]): Covered[] =>
  keys.map((key) => {
    const [extractId = '', version] = key.split('/');
    return { extractId, version: Number(version) };
  });

const name = neededText(80, 'Name', 'Enter a name for the notice');

/** A new notice: how it is called, and which extracts it tells of. */
export const newNoticeForm = z
  .object({ name, covers })
  .transform((read) => ({ ...read, covers: coveredOf(read.covers) }));

const parts = Object.fromEntries(
  noticeParts.map((part) => [part, plainText(MOST, partWords[part])]),
) as Record<NoticePart, ReturnType<typeof plainText>>;

/** The wording of a draft; an empty part can be saved, not published. */
export const noticeForm = z.object({ name, covers, ...parts }).transform((read) => ({
  name: read.name,
  covers: coveredOf(read.covers),
  content: Object.fromEntries(noticeParts.map((part) => [part, read[part]])) as NoticeContent,
}));

/** A draft as the values of its form. */
export const valuesOf = (
  called: string,
  { content, covers: covered }: { content: NoticeContent; covers: readonly Covered[] },
) => ({
  name: called,
  ...content,
  covers: covered.map(keyOf),
});

/** The extracts that a notice can tell of: those that leave, or may come to. One that it covers already stays among them. */
export function extractItems(versions: readonly ExtractVersion[], covered: readonly Covered[]) {
  const isCovered = (one: Covered) => covered.some((each) => keyOf(each) === keyOf(one));
  return versions
    .filter((one) => isCovered(one) || (one.state !== 'ended' && one.state !== 'superseded'))
    .map((one) => ({
      value: keyOf(one),
      text: `${one.name}, version ${one.version}`,
      hint: `To ${one.recipient}: ${one.purpose}`,
    }));
}

const words: Readonly<Record<string, string>> = {
  'not-named': 'Enter a name for the notice',
  'no-such-extract': 'One of the extracts is no longer there. Choose again',
  'changed-meanwhile':
    'Somebody else changed this notice while you had the page open. What you typed is below: look at the notice in another window, and save yours again only if it is to replace theirs',
  'not-a-draft': 'This version was published meanwhile, and never changes. Make a new version of it',
  'no-such-version': 'This version is no longer here',
};

/** What was refused, at the field where the person is. */
export const errorOf = (reason: string): FieldError => ({
  field: reason === 'no-such-extract' ? 'covers' : 'name',
  text: words[reason] ?? `It cannot be saved (${reason})`,
});

type NotComplete = Extract<Published, { reason: 'not-complete' }>;

/** All that is missing before a notice can be published, each at its part. */
export function missingErrors({ faults, unprintable, notCovered, notSent }: NotComplete): FieldError[] {
  const byPart = noticeParts.flatMap((part) => {
    const own = faults.filter((fault) => fault.part === part).map(({ text }) => text);
    return own.length === 0 ? [] : [{ field: part, text: `${partWords[part]}: ${own.join('. ')}` }];
  });
  const uncovered =
    notCovered === null
      ? 'Choose the extracts that the notice tells of'
      : notCovered.length > 0
        ? `Take out what is over, and choose the version that counts: ${notCovered.map(keyOf).join(', ')}`
        : notSent.length > 0
          ? `Send for approval first, or take out: ${notSent.map(keyOf).join(', ')}. A draft may still become something else, and nobody would count as told of it`
          : undefined;
  return [
    ...(uncovered ? [{ field: 'covers', text: uncovered }] : []),
    ...unprintable
      .slice(0, 1)
      .map((text) => ({ field: 'name', text: [text, ...unprintable.slice(1)].join('. ') })),
    ...byPart,
  ];
}
