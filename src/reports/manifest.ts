import type { ReleaseLine } from './report-store.ts';

/**
 * What may be said of a release to its recipient, and to an auditor: what was released to whom and why, and the digest
 * by which the file is known.
 *
 * It does not say what came in, what was withheld or why: who compares two of them must not learn who objected. The
 * digest of the input is left out too, because whoever guesses at a withheld row could test the guess with it; and the
 * size of the ledger, because its growth tells how much was recorded in between. The root is enough for the practice to
 * find the place.
 */
export function manifestOf(release: ReleaseLine, practice: { readonly ods: string; readonly name: string }) {
  const { id, kind, status, startedAt, endedAt, format, countOut, bytesOut, emptied, digestOut } = release;
  const nothingLeft = release.decidedIndex === null;
  return {
    release: id,
    kind,
    status,
    practice: { ods: practice.ods, name: practice.name },
    extract: { id: release.extractId, name: release.extractName, version: release.version },
    recipient: { name: release.recipient, ods: release.recipientOds },
    purpose: release.purpose,
    ground: release.ground,
    fields: release.fields.map(({ name, treatment }) => ({ name, treatment })),
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    output: nothingLeft
      ? null
      : { format, rows: countOut, bytes: bytesOut, emptiedValues: emptied, sha256: digestOut },
    ledger: { root: release.ledgerRoot },
  };
}
