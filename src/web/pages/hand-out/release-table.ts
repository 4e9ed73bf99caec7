import type { Table } from '../../../extracts/register-tables.ts';
import type { ReleaseLine } from '../../../reports/report-store.ts';

/** Counts are given to the nearest ten, so that no file tells who objected, nor lets it be computed. */
const STEP = 10;

/** A count as outsiders may see it. */
export function roundedCount(count: number | null): string {
  if (count === null) return '';
  return count < STEP ? `fewer than ${STEP}` : String(Math.round(count / STEP) * STEP);
}

/** A release as outsiders may see it: no reasons, no exact count, no key. */
export function handedOut(release: ReleaseLine) {
  return {
    release: release.id,
    day: release.startedAt.toISOString().slice(0, 10),
    extract: release.extractId,
    name: release.extractName,
    version: release.version,
    recipient: release.recipient,
    kind: release.kind,
    status: release.status,
    rowsOut: roundedCount(release.countOut),
    ledgerSize: release.ledgerSize,
  };
}

/** The releases as a table to hand out. */
export function releaseTable(releases: readonly ReleaseLine[]): Table {
  return [
    [
      'Release',
      'Day',
      'Extract',
      'Name',
      'Version',
      'Recipient',
      'Kind',
      'Status',
      `Rows that left, to the nearest ${STEP}`,
      'Ledger entries when it was decided',
    ],
    ...releases.map((release) => Object.values(handedOut(release)).map((value) => String(value ?? ''))),
  ];
}
