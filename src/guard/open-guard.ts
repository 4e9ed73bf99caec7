import type { ExtractVersion } from '../extracts/extract.ts';
import { admit } from './admit.ts';
import { type Asked, checkNumbers } from './check.ts';
import { explainPatient } from './explain-patient.ts';
import type { Guard, Job } from './guard.ts';
import { LiveIndex, type PatientIndexSource } from './live-index.ts';
import { previewRelease } from './preview-release.ts';
import { readinessOf } from './readiness.ts';
import { type PartsWork, type ReleaseFormat, startParts, startRelease } from './release.ts';
import { ReleaseRoom } from './release-room.ts';
import { asOfNow, sharedExtracts } from './shared-reads.ts';
import { SpoolRoom } from './spool-room.ts';
import { toldCoverage } from './told-coverage.ts';

/** The guard as the rest of the app uses it: the only exit for data of more than one patient. */
export function openGuard(
  parts: Omit<Guard, 'indexOf' | 'spools' | 'room'> & {
    readonly indexSource: (practiceId: string) => PatientIndexSource;
    readonly spoolFolder: string;
    /** The most that all releases may spool at once, in bytes; left out, as much as the disk takes. */
    readonly spoolsMaxBytes?: number;
    /** How many releases may be at work at once; left out, as many as come. */
    readonly releasesMax?: number;
  },
) {
  const indexes = new Map<string, LiveIndex>();
  const indexOf = (practiceId: string) => {
    const index = indexes.get(practiceId) ?? new LiveIndex(parts.indexSource(practiceId), parts.spoolFolder);
    indexes.set(practiceId, index);
    return index;
  };
  const spools = { folder: parts.spoolFolder, room: new SpoolRoom(parts.spoolsMaxBytes ?? Infinity) };
  const room = new ReleaseRoom(parts.releasesMax ?? Infinity);
  const guard: Guard = { ...parts, spools, room, extracts: sharedExtracts(parts.extracts), indexOf };
  const inParts = new Map<string, PartsWork>();
  return {
    admit: async (job: Job, extractId: string) => admit(await asOfNow(guard, job.practiceId), job, extractId),
    /** Would a release run now? */
    readiness: (job: Job, extractId: string) => readinessOf(guard, job, extractId),
    startRelease: (job: Job, extractId: string, format: ReleaseFormat) =>
      startRelease(guard, job, extractId, format),
    /** Begins a release whose files come one by one, to this process. */
    async startParts(job: Job, extractId: string) {
      const started = await startParts(guard, job, extractId, (id) => inParts.delete(id));
      if (started.ok) inParts.set(started.release.id, started.release);
      return started;
    },
    /** How many releases are at work in this process, and how many may be. */
    releasesAtWork: () => ({ atWork: room.atWork, most: room.most }),
    /** A release in parts that is not over; undefined when it is, or when another process or key has it. */
    findParts(job: Job, releaseId: string): PartsWork | undefined {
      const found = inParts.get(releaseId);
      return found?.isOf(job) ? found : undefined;
    },
    check: (job: Job, extractId: string, asked: Asked, format: string) =>
      checkNumbers(guard, job, extractId, asked, format),
    /** What each extract would do with a patient's rows now; nothing leaves, and nothing is recorded. */
    explain: (patient: { readonly practiceId: string; readonly nhsNumber: string }) =>
      explainPatient(guard, patient),
    /** How many patients were told of a version, and what that would withhold now. */
    toldCoverage: (version: ExtractVersion, died: readonly string[]) => toldCoverage(guard, version, died),
    /** What a release of a version would make of a sample file; nothing leaves, and nothing is recorded. */
    preview: (version: ExtractVersion, sample: Buffer) => previewRelease(guard, version, sample),
    /** Undefined when the practice has no such release, whoever else has. One whose process died is marked first. */
    async findRelease(practiceId: string, releaseId: string) {
      await guard.releases.interruptDead(practiceId, guard.now());
      return guard.releases.find(practiceId, releaseId);
    },
    /** Marks the releases of a practice whose process died; for whoever shows a list of them. */
    interruptDead: (practiceId: string) => guard.releases.interruptDead(practiceId, guard.now()),
    /** Whether the index of a practice can be brought up to date. Throws when it cannot. */
    refreshIndex: async (practiceId: string) => {
      await indexOf(practiceId).refresh();
    },
  };
}
