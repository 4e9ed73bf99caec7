import { isMember, unlistedOf } from '../guard/membership.ts';
import type { HeldRelease, PatientReleaseStore } from '../patients/patient-releases.ts';
import type { Database } from './database.ts';
import { paged } from './paged.ts';

/** Which releases held a patient's data, read from their accounts. */
export function patientReleaseStore({ reader }: Database): PatientReleaseStore {
  return {
    async releasesOf(practiceId, { ordinal, nhsNumber }) {
      const ids: string[] = [];
      const accounts = paged<{ releaseId: string; members: Uint8Array; unlisted: Uint8Array }>((last, take) =>
        reader.releaseAccount.findMany({
          where: { practiceId, ...(last && { releaseId: { gt: last.releaseId } }) },
          orderBy: { releaseId: 'asc' },
          select: { releaseId: true, members: true, unlisted: true },
          take,
        }),
      );
      for await (const { releaseId, members, unlisted } of accounts) {
        if (isMember(members, ordinal) || unlistedOf(unlisted).includes(nhsNumber)) ids.push(releaseId);
      }
      const found: HeldRelease[] = [];
      for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
        found.push(...(await named(ids.slice(from, from + IDS_AT_ONCE))));
      }
      return found.sort((one, other) => other.decidedAt.getTime() - one.decidedAt.getTime());

      async function named(some: string[]): Promise<HeldRelease[]> {
        const rows = await reader.release.findMany({ where: { practiceId, id: { in: some } } });
        const versions = await reader.extractVersion.findMany({
          where: { practiceId, extractId: { in: [...new Set(rows.map(({ extractId }) => extractId))] } },
          select: { extractId: true, version: true, name: true, recipient: true, purpose: true },
        });
        return rows.map((row) => {
          const version = versions.find(
            (one) => one.extractId === row.extractId && one.version === row.version,
          );
          return {
            releaseId: row.id,
            kind: row.kind,
            status: row.status,
            decidedAt: row.decidedAt ?? row.startedAt,
            extractName: version?.name ?? row.extractId,
            recipient: version?.recipient ?? '',
            purpose: version?.purpose ?? '',
          };
        });
      }
    },
  };
}

const IDS_AT_ONCE = 500;
