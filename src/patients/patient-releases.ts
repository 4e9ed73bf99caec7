/** A release or check in which a patient's data left. */
export type HeldRelease = {
  readonly releaseId: string;
  /** release | check */
  readonly kind: string;
  /** started | complete | failed | interrupted */
  readonly status: string;
  readonly decidedAt: Date;
  readonly extractName: string;
  readonly recipient: string;
  readonly purpose: string;
};

export interface PatientReleaseStore {
  /** Newest first. A patient who was not on the list then is known by the number that left. */
  releasesOf(
    practiceId: string,
    patient: { readonly ordinal: number; readonly nhsNumber: string },
  ): Promise<HeldRelease[]>;
}
