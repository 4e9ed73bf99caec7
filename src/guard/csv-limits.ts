/** What makes the whole input unusable, found while it is cut into records. */
export type CsvFault = 'header-too-long' | 'record-too-long' | 'unclosed-quote';

/** Longest header and longest record, in bytes without the line end. */
export const MAX_HEADER_BYTES = 64 * 1024;
export const MAX_RECORD_BYTES = 1024 * 1024;
