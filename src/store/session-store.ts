import { NOBODY_MS, type SessionStore } from '../staff/session.ts';
import type { Database } from './database.ts';

/** Sessions in the database: they survive a restart, and hold for every process. */
export function sessionStore(database: Database): SessionStore {
  return {
    async find(idHash) {
      return (await database.reader.session.findUnique({ where: { idHash } })) ?? undefined;
    },
    async add(idHash, session) {
      await database.write((tx) => tx.session.create({ data: { idHash, ...session } }));
    },
    async update(idHash, changes) {
      await database.write((tx) => tx.session.updateMany({ where: { idHash }, data: changes }));
    },
    async remove(idHash) {
      await database.write((tx) => tx.session.deleteMany({ where: { idHash } }));
    },
    async endAll(staffId) {
      await database.write(async (tx) => {
        await tx.session.deleteMany({ where: { staffId } });
        await tx.draft.deleteMany({ where: { staffId } });
      });
    },
    async forgetOld(now) {
      const longest = new Date(now.getTime() - NOBODY_MS);
      await database.write(async (tx) => {
        await tx.session.deleteMany({ where: { lastSeenAt: { lt: longest } } });
        await tx.rateLimiterFlexible.deleteMany({ where: { expire: { lt: now } } });
      });
    },
  };
}
