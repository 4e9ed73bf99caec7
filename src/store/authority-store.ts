import type { AuthorityCheck, AuthorityStore } from '../objections/authority-store.ts';
import type { Database } from './database.ts';
import type { AuthorityCheckModel } from './generated/sqlite/models.ts';
import { changePractice } from './practice-change.ts';

/** Proxies' authority, to be looked at by a second person. */
export function authorityStore(database: Database): AuthorityStore {
  const { authorityCheck } = database.reader;
  return {
    change: (practiceId, work) =>
      changePractice(database, practiceId, ({ tx, append }) =>
        work({
          append,
          async check(requestId) {
            const row = await tx.authorityCheck.findFirst({ where: { practiceId, requestId } });
            return row && toCheck(row);
          },
          async answer(requestId, answer) {
            await tx.authorityCheck.updateMany({ where: { practiceId, requestId }, data: answer });
          },
        }),
      ),
    async find(practiceId, requestId) {
      const row = await authorityCheck.findFirst({ where: { practiceId, requestId } });
      return row && toCheck(row);
    },
    countWaiting: (practiceId) => authorityCheck.count({ where: { practiceId, outcome: null } }),
  };
}

function toCheck({ practiceId: _, outcome, ...rest }: AuthorityCheckModel): AuthorityCheck {
  return { ...rest, outcome: outcome as AuthorityCheck['outcome'] };
}
