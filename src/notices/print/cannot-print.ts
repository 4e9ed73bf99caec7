import type { LetterPractice } from '../letter.ts';
import type { NoticeContent } from '../notice.ts';
import { letterPages } from './print-letters.ts';
import { undrawable } from './sheet.ts';
import { waitingRoomFits } from './waiting-room.ts';

/**
 * Why a wording cannot be printed, in sentences that say what to do; empty when it can. Each letter is one page, so is
 * the poster, and the leaflet is one side of a sheet.
 */
export function cannotPrint(content: NoticeContent, practice: LetterPractice): string[] {
  const wording = { version: 1, content, publishedAt: null };
  const outside = undrawable(Object.values(content).join(''));
  const fits = waitingRoomFits(wording);
  const long: readonly (readonly [boolean, string])[] = [
    [letterPages(wording, practice) === null, 'the one page of the letter'],
    [letterPages(wording, practice, 'large-print') === null, 'the 4 pages of the letter in large print'],
    [!fits.poster, 'the poster'],
    [!fits.leaflet, 'the one side of the leaflet'],
  ];
  return [
    ...(outside.length > 0 ? [`Take out what cannot be printed: ${outside.join(' ')}`] : []),
    ...long.flatMap(([isLong, what]) => (isLong ? [`Shorten the text: it does not fit on ${what}`] : [])),
  ];
}
