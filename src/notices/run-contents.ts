import { type LeftOut, leftOutReasons } from './left-out.ts';
import { letterAddressee } from './letter-addressee.ts';
import { drawer } from './print/drawable.ts';
import type { NoticeRun } from './run.ts';
import { runPortions, type Taken } from './take-from-run.ts';
import type { TellingStore } from './telling-store.ts';

/** In what a letter of a batch is printed. `page`: in a script that the PDF cannot draw; its web page is printed. */
export type LetterFile = 'standard' | 'large-print' | 'page';

export type RunContents = {
  /** How many letters each file has. Of texts and emails nothing. */
  readonly files: Readonly<Record<LetterFile, number>>;
  /** Why, and how many. */
  readonly leftOut: readonly (readonly [LeftOut, number])[];
};

/**
 * Tells of each letter of a batch in which file it is: each is in one.
 *
 * @param day on which the batch was made
 */
export async function letterFiles(
  store: TellingStore,
  practiceId: string,
  { noticeId, version }: Pick<NoticeRun, 'noticeId' | 'version'>,
  day: string,
): Promise<(taken: Taken) => LetterFile> {
  const isDrawable = drawer();
  const ofWords = new Map<string | null, boolean>();
  const versions = await store.versions(practiceId);
  const own = versions.find((one) => one.noticeId === noticeId && one.version === version);
  ofWords.set(null, isDrawable(Object.values(own?.content ?? {}).join('')));
  for (const { id } of await store.translations(practiceId, { noticeId, version }))
    ofWords.set(id, isDrawable(Object.values((await store.translated(practiceId, id)) ?? {}).join('')));
  return ({ place, patient }) => {
    const { greeting, lines } = letterAddressee(patient, day);
    if (!ofWords.get(place.translationId) || !isDrawable([greeting, ...lines].join(''))) return 'page';
    return patient.contactFormat === 'large-print' ? 'large-print' : 'standard';
  };
}

/** How many letters each file of a batch would have now, and who is left out of all. */
export async function runContents(
  store: TellingStore,
  practiceId: string,
  run: NoticeRun,
  day: string,
): Promise<RunContents> {
  const files = { standard: 0, 'large-print': 0, page: 0 };
  const fileOf = run.how === 'letter' ? await letterFiles(store, practiceId, run, day) : undefined;
  const why: LeftOut[] = [];
  for await (const { taken, leftOut } of runPortions(store, practiceId, run)) {
    if (fileOf) for (const one of taken) files[fileOf(one)] += 1;
    // Whoever died after it was sent is in no file any more, but was sent it.
    const isSaid = run.state === 'sent' && run.done >= run.count;
    why.push(...leftOut.filter(({ place }) => !isSaid || place.leftOut !== null).map((one) => one.why));
  }
  const counted = leftOutReasons.map((one) => [one, why.filter((other) => other === one).length] as const);
  return { files, leftOut: counted.filter(([, count]) => count > 0) };
}
