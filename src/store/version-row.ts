import { registeredEntry } from '../extracts/version-content.ts';
import type { VersionRow } from '../ledger/ledger-reader.ts';
import { registeredVersion } from './extract-register.ts';
import type { ExtractVersionModel } from './generated/sqlite/models.ts';

/** A version of an extract as `ledger verify` sees it; `content` is null when it cannot be read. */
export function versionRow(row: ExtractVersionModel): VersionRow {
  const { extractId: extract, version, state, approvedBy } = row;
  const named = { extract, version, state, approvedBy };
  try {
    return { ...named, content: registeredEntry(extract, version, registeredVersion(row)) };
  } catch {
    return { ...named, content: null };
  }
}
