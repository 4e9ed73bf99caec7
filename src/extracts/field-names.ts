import type { Treatment } from './extract.ts';

/** What a column holds, by its name alone: what the practice calls its columns nobody knows, so these are hints. */
export type Telling = 'nhs-number' | 'name' | 'date-of-birth' | 'postcode' | 'free-text';

const tellings: readonly { readonly telling: Telling; readonly named: RegExp }[] = [
  { telling: 'nhs-number', named: /^(nhs(no|num|number)|newnhs(no|number)|nhsid)$/ },
  { telling: 'date-of-birth', named: /^(dob|dateofbirth|birth(date|day)|patientdob)$/ },
  { telling: 'postcode', named: /post(al)?code|^pcode$|^zip(code)?$/ },
  {
    telling: 'name',
    named:
      /^((patient|full|fore|first|given|middle|sur|family|last|known)?names?|surname|forenames?|initials)$/,
  },
  {
    telling: 'free-text',
    named: /note|comment|free_?text|narrative|remark|letter|consultation|description|problemtext|textual/,
  },
];

/** What the name of a column says that it holds; undefined when it says nothing of these. */
export function tellingOf(name: string): Telling | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return tellings.find(({ named }) => named.test(plain))?.telling;
}

/** Whether what a column tells leaves as it is. A year or a month of a birth, or half a postcode, does not. */
export function leavesAsItIs(treatment: Treatment): boolean {
  return treatment === 'keep';
}
