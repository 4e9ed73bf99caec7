import { londonDay } from '../day.ts';
import { Frontier } from '../ledger/frontier.ts';
import type { Practice, PracticeStore } from '../staff/add-practice.ts';
import type { Database } from './database.ts';
import { changeWithin } from './practice-change.ts';
import { publishWithin } from './public-log.ts';
import { isTaken } from './unique.ts';

const select = { id: true, ods: true, name: true, origin: true, madeUp: true, createdAt: true } as const;

/** Practices, each with the head of its ledger. */
export function practiceStore(database: Database): PracticeStore {
  return {
    async add(practice, first) {
      const empty = Frontier.empty();
      try {
        await database.write(async (tx) => {
          await tx.practice.create({ data: practice });
          await tx.ledgerHead.create({
            data: {
              practiceId: practice.id,
              size: 0,
              root: Buffer.from(empty.root()),
              frontier: empty.toBytes(),
              nextOrdinal: 0,
            },
          });
          const { verifier, sealed } = database.signing.make(practice.origin);
          const made = { verifier, sealed, practiceId: practice.id, madeAt: practice.createdAt };
          await changeWithin(database, tx, practice.id, async (change) => {
            const madeAtIndex = first(change, verifier);
            await tx.signingKey.create({ data: { ...made, madeAtIndex } });
            change.signWith(verifier);
          });
          // That the practice was added is no secret: from the first day there is something to hold it to.
          await publishWithin(tx, practice.id, londonDay(practice.createdAt), practice.createdAt);
        });
        return true;
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
    },
    find: async (id) => found(await database.reader.practice.findUnique({ where: { id }, select })),
    findByOds: async (ods) => found(await database.reader.practice.findUnique({ where: { ods }, select })),
    list: () => database.reader.practice.findMany({ select, orderBy: { ods: 'asc' } }),
  };
}

const found = (row: Practice | null): Practice | undefined => row ?? undefined;
