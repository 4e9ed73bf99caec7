/** The addresses of telling patients: who is to be told, batches, what came of them, and how far it has come. */
export const toldPaths = {
  /** Who is to be told, and the batches by which. */
  told: '/told',
  /** `name` is of src/notices/untold-lists.ts. */
  untoldList: (name: string) => `/told/lists/${name}`,
  toldRuns: '/told/runs',
  toldRun: (id: string) => `/told/runs/${id}`,
  toldRunProgress: (id: string) => `/told/runs/${id}/progress`,
  toldRunLetters: (id: string) => `/told/runs/${id}/letters.html`,
  /** The same as a file. Letters in large print have one of their own. */
  toldRunLettersPdf: (id: string) => `/told/runs/${id}/letters.pdf`,
  toldRunLargePrintPdf: (id: string) => `/told/runs/${id}/letters-large-print.pdf`,
  toldRunMessages: (id: string) => `/told/runs/${id}/messages.csv`,
  toldRunSent: (id: string) => `/told/runs/${id}/sent`,
  stopToldRun: (id: string) => `/told/runs/${id}/stop`,
  /** What came of batches, as a file. */
  toldResults: '/told/results',
  lettersReturned: '/told/returned',
  /** The same, with whose letter the last one was. */
  letterReturnedOf: (patientId: string) => `/told/returned?patient=${patientId}`,
  /** How far telling has come, of the whole list. */
  coverage: '/coverage',
};
