import type { RestoredChange } from '../backup/restore-practice.ts';
import type { PracticeChange } from './practice-change.ts';
import type { Signing } from './signing.ts';

/** What is changed of a practice that was put back, in the transaction in which it is. */
export async function restoredChange(change: PracticeChange, signing: Signing): Promise<RestoredChange> {
  const { tx, practiceId, head, append } = change;
  const { origin } = await tx.practice.findUniqueOrThrow({ where: { id: practiceId } });
  const { text } = await tx.ledgerText.findFirstOrThrow({
    where: { practiceId },
    orderBy: { index: 'desc' },
  });
  return {
    origin,
    head,
    lastAt: new Date((JSON.parse(text) as { at: string }).at),
    append,
    async rename(to, madeAt, name) {
      await tx.practice.update({ where: { id: practiceId }, data: { origin: to } });
      const { verifier, sealed } = signing.make(to);
      const madeAtIndex = name(verifier);
      await tx.signingKey.create({
        data: { verifier, sealed, practiceId, madeAt, madeAtIndex },
      });
      change.signWith(verifier);
    },
    standing: () =>
      tx.extractVersion.findMany({ where: { practiceId, state: { in: ['approved', 'suspended'] } } }),
    async suspend({ extractId, version }, why, by, now) {
      await tx.extractVersion.update({
        where: { practiceId_extractId_version: { practiceId, extractId, version } },
        data: { state: 'suspended', suspendedBy: by.id, suspendedAt: now, suspendedWhy: why },
      });
    },
  };
}
