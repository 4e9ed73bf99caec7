import { londonDay } from '../../../day.ts';
import type { Table } from '../../../extracts/register-tables.ts';
import type { ReleaseLine } from '../../../reports/report-store.ts';
import { HANDED_OUT_STEP, handedOutCount } from '../../../reports/small-counts.ts';

/** A release as outsiders may see it: no reasons, no exact count, no key; of the ledger what its manifest has. */
export function handedOut(release: ReleaseLine) {
  return {
    release: release.id,
    day: londonDay(release.startedAt),
    extract: release.extractId,
    name: release.extractName,
    version: release.version,
    recipient: release.recipient,
    kind: release.kind,
    status: release.status,
    rowsOut: release.countOut === null ? '' : handedOutCount(release.countOut),
    ledgerRoot: release.ledgerRoot,
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
      `Rows that left, to the nearest ${HANDED_OUT_STEP}`,
      'Ledger root when it was decided',
    ],
    ...releases.map((release) => Object.values(handedOut(release)).map((value) => String(value ?? ''))),
  ];
}
