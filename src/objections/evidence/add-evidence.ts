import { createHash } from 'node:crypto';
import type { Actor } from '../../ledger/entry.ts';
import { hasReceipt } from '../one-form.ts';
import type { Evidence, EvidenceStore } from './evidence-store.ts';
import { readScan, type ScanFault } from './scan.ts';

/** Characters of a reference, at most. */
export const REFERENCE_LENGTH = 300;
/** Pieces of evidence of one request, at most. */
export const MOST_EVIDENCE = 10;

export type NewEvidence = {
  readonly practiceId: string;
  /** Any act of the request that it shows. */
  readonly actId: string;
  /** A random id (UUID) that the form was given: sent twice, it is kept once. */
  readonly id: string;
  /** In words: where the paper is, or what the scan shows. Empty: there is a scan. */
  readonly reference: string;
  readonly scan?: { readonly fileName: string; readonly bytes: Buffer };
};

export type EvidenceFault = 'no-such-act' | 'nothing-given' | 'reference-too-long' | 'too-many' | ScanFault;
export type EvidenceAdded = { readonly ok: true } | { readonly ok: false; readonly reason: EvidenceFault };

/** Keeps what shows that a request was made. The paper itself belongs into the patient's record; a reference is enough. */
export async function addEvidence(
  store: EvidenceStore,
  { practiceId, actId, id, reference, scan }: NewEvidence,
  by: Actor,
  now: Date,
): Promise<EvidenceAdded> {
  const words = reference.trim();
  if (words.length > REFERENCE_LENGTH) return { ok: false, reason: 'reference-too-long' };
  if (words === '' && scan === undefined) return { ok: false, reason: 'nothing-given' };
  const read = scan && readScan(scan.bytes);
  if (read?.ok === false) return read;

  return store.change(practiceId, async (change): Promise<EvidenceAdded> => {
    const act = await change.act(actId);
    if (act === null || !hasReceipt(act)) return { ok: false, reason: 'no-such-act' };
    if (await change.has(id)) return { ok: true };
    const requestId = act.requestId ?? act.id;
    if ((await change.countOf(requestId)) >= MOST_EVIDENCE) return { ok: false, reason: 'too-many' };
    const evidence: Evidence = {
      id,
      patientId: act.patientId,
      requestId,
      kind: scan ? 'scan' : 'reference',
      reference: words || null,
      fileName: scan?.fileName ?? null,
      contentType: read?.contentType ?? null,
      size: scan?.bytes.length ?? null,
      addedAt: now,
      addedBy: by.id,
    };
    await change.keep(evidence, scan?.bytes ?? null);
    const { patientId, kind } = evidence;
    const digest = digestOf(id, words, scan?.bytes);
    change.append('evidence-added', by, { id, patient: patientId, request: requestId, kind, digest }, now);
    return { ok: true };
  });
}

/** SHA-256 over the random id, the words and the scan: says later that neither was changed, and nothing of what they are. */
function digestOf(id: string, words: string, bytes: Buffer = Buffer.alloc(0)): string {
  const digest = createHash('sha256').update(`${id}\n${words}\n`, 'utf8').update(bytes);
  return digest.digest('hex');
}
