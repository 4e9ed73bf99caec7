import { londonDay, showDay } from '../../../day.ts';
import type { RecipientLetter } from '../../../recipient-letters/recipient-letter.ts';
import type { WrittenLetter } from '../../../recipient-letters/write-letter.ts';
import { daysByMonth, listed } from '../patients/account/days-of.ts';

const typeWords: Readonly<Record<string, string>> = {
  'type-1': 'a type 1 objection',
  'type-2': 'a type 2 objection',
};

/**
 * The letter itself. It names the patient by the extract's own reference and by nothing else: no name, no date of
 * birth, and no NHS number where a pseudonym left.
 */
export function letterView(
  { id, recipient, recipientOds, types }: RecipientLetter,
  { holder, references }: WrittenLetter,
  practice: { readonly name: string; readonly ods: string },
  today: string,
) {
  const version = holder?.version;
  return {
    to: [recipient, ...(version?.contact ? [version.contact] : []), recipientOds].filter(Boolean),
    date: showDay(today),
    from: `${practice.name} (${practice.ods})`,
    ourReference: id,
    extract: version?.name ?? '',
    purpose: version?.purpose ?? '',
    agreement: version?.agreementReference ?? null,
    knownBy: holder?.knownBy === 'pseudonym' ? 'The code under which you hold the person' : 'NHS number',
    isPseudonym: holder?.knownBy === 'pseudonym',
    references,
    days: daysByMonth(holder?.times.map(({ at }) => at) ?? []),
    last: holder?.times[0] === undefined ? '' : showDay(londonDay(holder.times[0].at)),
    types: listed(types.map((type) => typeWords[type] ?? type)),
  };
}
