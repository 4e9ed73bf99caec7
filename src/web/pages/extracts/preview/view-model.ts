import type { Preview, Previewed } from '../../../../guard/preview-release.ts';
import { reasonWords } from '../../releases/view-model.ts';

const grouped = new Intl.NumberFormat('en-GB');

/** What would become of a sample, in words. */
export function previewView({ header, leaving, counts, reasons, emptied, rows }: Preview) {
  return {
    header,
    leaving,
    gone: header.filter((name) => !leaving.includes(name)),
    counts: {
      in: grouped.format(counts.in),
      out: grouped.format(counts.out),
      withheld: grouped.format(counts.withheld),
      emptied: grouped.format(emptied),
    },
    reasons: [...reasons].map(([reason, count]) => ({
      reason: reasonWords[reason] ?? reason,
      count: grouped.format(count),
    })),
    rows: rows.map(({ line, before, after, reason }) => ({
      line,
      before: before.join(', '),
      after: after === null ? null : after.join(', '),
      why: reason === null ? null : (reasonWords[reason] ?? reason),
    })),
  };
}

const words: Readonly<Record<string, string>> = {
  'ground-not-ready':
    'Its ground needs a list of national opt-outs, or is not classified, so nothing can be tried yet',
  'aggregate-not-released': 'It is counts only: no rows leave',
  'empty-body': 'The selected file is empty',
  'not-utf-8': 'The selected file must be saved as UTF-8',
  'no-nhs-number-column': 'The selected file has no column with the NHS number',
  'two-nhs-number-columns': 'The selected file has more than one column with the NHS number',
  'field-missing': 'A field that leaves is not in the header of the selected file',
  'field-doubled': 'A field that leaves is in the header of the selected file twice',
  'unclosed-quote': 'A quoted cell of the selected file does not end',
  'row-cannot-be-read': 'A row of the selected file cannot be read. A direct care list is never shortened',
  'header-too-long': 'The header line of the selected file is too long',
  'record-too-long': 'A row of the selected file is too long',
};

/** Why a sample cannot be tried. */
export function faultWords(fault: Previewed & { readonly ok: false }): string {
  const column = 'column' in fault && fault.column !== undefined ? `: ${fault.column}` : '';
  const line = 'line' in fault && fault.line !== undefined ? ` (line ${fault.line})` : '';
  return `${words[fault.reason] ?? `The selected file cannot be used (${fault.reason})`}${column}${line}`;
}
