import { type Treatment, treatments } from '../../../../extracts/extract.ts';
import { treat } from '../../../../guard/treatments.ts';
import { treatmentWords } from '../words.ts';

const key = Buffer.alloc(32);
const samples: Readonly<Record<Treatment, readonly string[]>> = {
  keep: ['73211009'],
  year: ['1954-03-27', '27/03/1954', 'March 54'],
  month: ['2026-11-08', '8 Nov 2026', 'last week'],
  'outward-code': ['LS6 2AB', 'ls62ab', 'Leeds'],
  pseudonym: ['A1234', 'a1234'],
};

/** What each treatment makes of some values: by the guard's own code, with a key that no extract has. */
export function treatmentExamples() {
  return treatments.flatMap((treatment) =>
    samples[treatment].map((value) => {
      const left = treatment === 'keep' ? value : treat(treatment, value, key);
      return {
        treatment: treatmentWords[treatment],
        value,
        left: left ?? 'Nothing: it cannot be read, so it leaves empty and is counted',
      };
    }),
  );
}
