/** A reason to answer with a page that explains, instead of the page asked for. */
export class PageError extends Error {
  readonly status: number;
  /** What the person reads, if the page of this status does not say enough. */
  readonly words: string | undefined;

  constructor(status: 400 | 403 | 404 | 413 | 415 | 429 | 503, reason: string, words?: string) {
    super(reason);
    this.name = 'PageError';
    this.status = status;
    this.words = words;
  }
}
