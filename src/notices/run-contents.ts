import { type LeftOut, leftOutReasons, whyLeftOut } from './left-out.ts';
import { letterAddressee } from './letter-addressee.ts';
import { drawer } from './print/drawable.ts';
import type { NoticeRun } from './run.ts';
import type { Taken } from './take-from-run.ts';
import type { PlaceGroup, RunPlace, TellingStore } from './telling-store.ts';

/** In what a letter of a batch is printed. `page`: in a script that the PDF cannot draw; its web page is printed. */
export type LetterFile = 'standard' | 'large-print' | 'page';

export type RunContents = {
  /** How many letters each file has. Of texts and emails nothing. */
  readonly files: Readonly<Record<LetterFile, number>>;
  /** Why, and how many. */
  readonly leftOut: readonly (readonly [LeftOut, number])[];
  /** How many get something, and how many of them were in no file yet that was given whole. */
  readonly total: number;
  readonly untaken: number;
};

/** Tells of each letter of a batch in which file it is. */
export type FileOf = {
  readonly of: (taken: Taken) => LetterFile;
  /** The same of letters of which the font has every character. */
  readonly plain: (letter: {
    readonly translationId: string | null;
    readonly isLarge: boolean;
  }) => LetterFile;
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
): Promise<FileOf> {
  const isDrawable = drawer();
  const ofWords = new Map<string | null, boolean>();
  const versions = await store.versions(practiceId);
  const own = versions.find((one) => one.noticeId === noticeId && one.version === version);
  ofWords.set(null, isDrawable(Object.values(own?.content ?? {}).join('')));
  for (const { id } of await store.translations(practiceId, { noticeId, version }))
    ofWords.set(id, isDrawable(Object.values((await store.translated(practiceId, id)) ?? {}).join('')));
  const plain: FileOf['plain'] = ({ translationId, isLarge }) => {
    if (!ofWords.get(translationId)) return 'page';
    return isLarge ? 'large-print' : 'standard';
  };
  return {
    plain,
    of({ place: { translationId }, patient }) {
      const { greeting, lines } = letterAddressee(patient, day);
      if (!isDrawable([greeting, ...lines].join(''))) return 'page';
      return plain({ translationId, isLarge: patient.contactFormat === 'large-print' });
    },
  };
}

/**
 * How many letters each file of a batch would have now, and who is left out of all. The database counts; only letters with
 * characters that a font may not have are looked at one by one.
 */
export async function runContents(
  store: TellingStore,
  practiceId: string,
  run: NoticeRun,
  day: string,
): Promise<RunContents> {
  const files = { standard: 0, 'large-print': 0, page: 0 };
  const why = new Map<LeftOut, number>();
  let total = 0;
  let untaken = 0;
  // Whoever died after it was sent is in no file any more, but was sent it.
  const isSaid = run.state === 'sent' && run.done >= run.count;
  const add = (place: Pick<RunPlace, 'leftOut'>, patient: PlaceGroup['patient'], of: Counted) => {
    const left = place.leftOut ?? whyLeftOut(run.how, patient);
    if (left !== null && (!isSaid || place.leftOut !== null)) why.set(left, (why.get(left) ?? 0) + of.count);
    if (left !== null) return;
    total += of.count;
    if (!of.wasTaken) untaken += of.count;
    if (run.how === 'letter') files[of.file()] += of.count;
  };
  const fileOf = await letterFiles(store, practiceId, run, day);
  for (const group of await store.placeGroups(practiceId, run))
    add(group, group.patient, { ...group, file: () => fileOf.plain(group) });
  for (let after = -1; ; ) {
    const odd = await store.oddPlaces(practiceId, run.id, after);
    const people = await store.patients(
      practiceId,
      odd.map(({ patientId }) => patientId),
    );
    for (const place of odd) {
      const patient = people.get(place.patientId);
      const file = () => (patient === undefined ? 'page' : fileOf.of({ place, patient }));
      add(place, patient, { count: 1, wasTaken: place.takenAt !== null, file });
      after = place.place;
    }
    if (odd.length === 0) break;
  }
  const leftOut = leftOutReasons.flatMap((one) => {
    const count = why.get(one);
    return count === undefined ? [] : [[one, count] as const];
  });
  return { files, leftOut, total, untaken };
}

type Counted = { readonly count: number; readonly wasTaken: boolean; readonly file: () => LetterFile };
