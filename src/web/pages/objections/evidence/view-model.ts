import { showInstant } from '../../../../day.ts';
import type { Evidence } from '../../../../objections/evidence/evidence-store.ts';
import { paths } from '../../../paths.ts';
import type { NameOf } from '../who.ts';

const kinds = { 'application/pdf': 'PDF', 'image/jpeg': 'JPEG', 'image/png': 'PNG' } as const;

/** A piece of evidence in a list. */
export function evidenceLine(evidence: Evidence, nameOf: NameOf) {
  const { id, kind, reference, fileName, contentType, size, addedAt, addedBy } = evidence;
  const kilobytes = Math.max(1, Math.round((size ?? 0) / 1000)).toLocaleString('en-GB');
  return {
    reference: reference ?? undefined,
    scan:
      kind === 'scan' && contentType
        ? {
            href: paths.scan(id),
            text: `Scan (${kinds[contentType]}, ${kilobytes} kB)`,
            fileName: fileName ?? '',
          }
        : undefined,
    added: `${showInstant(addedAt)}, by ${nameOf({ kind: 'staff', id: addedBy })}`,
  };
}
