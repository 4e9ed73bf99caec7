import { comparedReport } from '../reports/objection-report.ts';
import type { Period } from '../reports/period.ts';
import { askForRun, RUN_LEASE, type VerificationRun } from '../reports/verification-run.ts';
import { type Verdict, verifyPractice, verifyPractices } from '../reports/verify-practices.ts';
import { objectionCounts } from '../store/objection-counts.ts';
import { reportStore } from '../store/report-store.ts';
import { verificationRunStore } from '../store/verification-run-store.ts';
import { withheldPatientsStore } from '../store/withheld-patients-store.ts';
import type { Opened } from './opened.ts';

/** What reports need of the other services. */
type Asked = {
  /** Marks the releases of a practice whose process died. */
  interruptDead(practiceId: string): Promise<unknown>;
  verify(practiceId: string): Promise<Verdict>;
  /** The whole ledger, telling how far it is. */
  verifyWhole(
    practiceId: string,
    progress: (done: number, size: number) => Promise<unknown>,
  ): Promise<Verdict>;
  openForProblem(practiceId: string, problem: string): Promise<unknown>;
  /** For the log: why the check of a practice could not finish. */
  noteBrokenCheck(practiceId: string, error: unknown): void;
};

/** What is counted of objections and releases, and the check of the early morning. */
export function reportServices({ database, now, on }: Opened, asked: Asked) {
  const runs = verificationRunStore(database);
  const tell = { letOut: asked.openForProblem, brokeOff: asked.noteBrokenCheck };
  const reports = { ...reportStore(database), ...withheldPatientsStore(database) };
  const counts = objectionCounts(database);
  return {
    ...reports,
    /** Counts of objections in a period, and in the one before it. */
    objections: (practiceId: string, period: Period) => comparedReport(counts, practiceId, period, now()),
    /** Marks first the releases whose process died. */
    releases: async (...chosen: Parameters<typeof reports.releases>) => {
      await asked.interruptDead(chosen[0]);
      return reports.releases(...chosen);
    },
    /** The check of the early morning, for every practice; returns those with a problem. */
    verifyAll: () => verifyPractices(reports, asked.verify, now(), tell),
    /** A check of the whole ledger that somebody asks for: `ask` writes it down, `run` does it, and takes its time. */
    runs: {
      ...runs,
      ask: on(runs)(askForRun),
      async run(practiceId: string, { id, askedBy }: VerificationRun, signal: AbortSignal) {
        const progress = async (done: number, size: number) => {
          signal.throwIfAborted();
          await runs.save(id, { done, size, leaseUntil: new Date(now().getTime() + RUN_LEASE) });
        };
        const verdict = asked.verifyWhole(practiceId, everyTenth(progress));
        await verdict.catch(() => undefined);
        // Broken off by the end of the app: that says nothing of the ledger, and the run counts as interrupted.
        if (signal.aborted) return;
        const verify = () => verdict;
        await verifyPractice(reports, { practiceId, askedBy, id, verify }, now(), tell);
        await runs.save(id, { endedAt: now() });
      },
    },
  };
}

/** Passes on every tenth call, and the last: each is written down. */
function everyTenth(progress: (done: number, size: number) => Promise<unknown>) {
  let calls = 0;
  return async (done: number, size: number) => {
    calls += 1;
    if (calls % 10 === 1 || done === size) await progress(done, size);
  };
}
