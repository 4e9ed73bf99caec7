import { comparedReport } from '../reports/objection-report.ts';
import type { Period } from '../reports/period.ts';
import { type Verdict, verifyPractices } from '../reports/verify-practices.ts';
import { objectionCounts } from '../store/objection-counts.ts';
import { reportStore } from '../store/report-store.ts';
import { withheldPatientsStore } from '../store/withheld-patients-store.ts';
import type { Opened } from './opened.ts';

/** What reports need of the other services. */
type Asked = {
  /** Marks the releases of a practice whose process died. */
  interruptDead(practiceId: string): Promise<unknown>;
  verify(practiceId: string): Promise<Verdict>;
  openForProblem(practiceId: string, problem: string): Promise<unknown>;
  /** For the log: why the check of a practice could not finish. */
  noteBrokenCheck(practiceId: string, error: unknown): void;
};

/** What is counted of objections and releases, and the check of the early morning. */
export function reportServices({ database, now }: Opened, asked: Asked) {
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
    verifyAll: () =>
      verifyPractices(reports, asked.verify, now(), {
        letOut: asked.openForProblem,
        brokeOff: asked.noteBrokenCheck,
      }),
  };
}
