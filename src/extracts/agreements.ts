import { addDays } from '../day.ts';
import type { VersionRecord } from './registered-version.ts';

/** So many days before it ends somebody is told that an agreement has to be renewed, or the extract ended. */
export const ENDING_WITHIN = 60;
/** So many days before it is due somebody is told to remind the recipient that the data is to be destroyed. */
export const DESTROYED_WITHIN = 30;

export type AgreementFault = 'agreement-ending' | 'destruction-due' | 'certificate-awaited';

/** Something to do about an agreement. */
export type AgreementWork = {
  readonly what: AgreementFault;
  readonly version: VersionRecord;
  /** The day on which the agreement ends, or the data is to be destroyed. */
  readonly on: string;
  /** From which day on it waits. */
  readonly since: string;
};

/**
 * What has to be done about the agreements of extracts that were approved at some time. Of several versions under one
 * agreement the newest speaks for all.
 *
 * @param versions of all extracts, of each the newest first
 * @param today `YYYY-MM-DD` in Europe/London
 */
export function agreementWork(versions: readonly VersionRecord[], today: string): AgreementWork[] {
  return newestOfEach(versions).flatMap((version) => {
    const { state, agreementEndsOn, destroyBy, destroyedOn } = version;
    const isLive = state === 'approved' || state === 'suspended';
    const work: AgreementWork[] = [];
    if (isLive && agreementEndsOn !== null && today >= addDays(agreementEndsOn, -ENDING_WITHIN))
      work.push({
        what: 'agreement-ending',
        version,
        on: agreementEndsOn,
        since: addDays(agreementEndsOn, -ENDING_WITHIN),
      });
    if (destroyBy !== null && destroyedOn === null && today > destroyBy)
      work.push({ what: 'certificate-awaited', version, on: destroyBy, since: destroyBy });
    else if (destroyBy !== null && destroyedOn === null && today >= addDays(destroyBy, -DESTROYED_WITHIN))
      work.push({
        what: 'destruction-due',
        version,
        on: destroyBy,
        since: addDays(destroyBy, -DESTROYED_WITHIN),
      });
    return work;
  });
}

function newestOfEach(versions: readonly VersionRecord[]): VersionRecord[] {
  const newest = new Map<string, VersionRecord>();
  for (const version of versions) {
    const agreement = `${version.extractId} ${version.agreementReference}`;
    if (version.approvedBy !== null && !newest.has(agreement)) newest.set(agreement, version);
  }
  return [...newest.values()];
}
