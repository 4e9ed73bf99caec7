import { addDays, londonDay } from '../day.ts';
import { whyNoLetter } from '../recipient-letters/agree-to-letters.ts';
import { typesInForce } from '../recipient-letters/recipient-letter.ts';
import { holdersOf } from '../usage-account/holders.ts';
import { must, type Step, type World } from './history.ts';

/** So many patients ask for letters, of the last so many who objected. */
const ASK = 3;
const AMONG = 100;

/** Patients whose data had left before they objected ask the practice to write to who holds it; one letter goes out. */
export function lettersAskedFor(today: string): Step[] {
  const day = addDays(today, -1);
  const asked: string[] = [];
  return [
    {
      at: new Date(`${day}T14:10:00Z`),
      act: async (world) => {
        asked.push(...(await ask(world, new Date(`${day}T14:10:00Z`))));
      },
    },
    {
      at: new Date(`${day}T15:40:00Z`),
      act: async ({ services, practiceId, manager }) => {
        const [id, ...others] = asked;
        // The last one waits, so that the list of work has something on it.
        if (id !== undefined && others.length > 0)
          must(await services.recipientLetters.noteSent({ practiceId, id, on: day }, manager));
      },
    },
  ];
}

async function ask({ services, practiceId, reception }: World, now: Date): Promise<string[]> {
  const { objections, patients, usageAccount, recipientLetters } = services;
  const { items } = await objections.list(practiceId, { status: 'in-force', limit: AMONG });
  const letters: string[] = [];
  let asking = 0;
  for (const { patient } of items) {
    if (asking === ASK || patient.restricted) continue;
    const inForce = typesInForce(await objections.ofPerson(practiceId, patient.id));
    const records = await patients.byIds(practiceId, [patient.id]);
    const holders = holdersOf(await usageAccount(practiceId, records), londonDay(now)).filter(
      (holder) => whyNoLetter(holder, inForce) === undefined,
    );
    if (holders.length === 0) continue;
    asking += 1;
    const agreement = {
      practiceId,
      patientId: patient.id,
      holders,
      via: 'phone',
      knowsItReveals: true,
    } as const;
    letters.push(...must(await recipientLetters.agree(agreement, reception)).letters);
  }
  return letters;
}
