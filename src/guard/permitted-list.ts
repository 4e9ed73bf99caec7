import { nhsNumberOfKey } from '../patients/nhs-number.ts';
import type { Checked } from './check.ts';
import { PERMIT } from './decide-number.ts';

const DIGITS = 10;
const QUOTE = 0x22;
const COMMA = 0x2c;
/** A number with its quotes and the comma before it. */
const MEMBER = DIGITS + 3;

/** Where the numbers of a question stand in its bytes (plain-numbers.ts). */
export type Written = { readonly bytes: Buffer; readonly places: Int32Array };

/**
 * Those permitted as the JSON of a list: in the order asked, ten digits, each once.
 *
 * @param written as they were asked for: what stands there as it has to be answered is copied, many numbers at once
 * @param around what is written before and after the list, in ASCII
 */
export function permittedList(
  { keys, answers }: Pick<Checked, 'keys' | 'answers'>,
  written?: Written,
  around: { readonly before: string; readonly after: string } = { before: '', after: '' },
): Buffer {
  const { before, after } = around;
  const most = Math.max(keys.length * MEMBER, written?.bytes.length ?? 0);
  const list = Buffer.allocUnsafe(before.length + most + 2 + after.length);
  // The question stands in the memory of the answer, whose pieces are moved to the front of it: one copy, and no view of
  // each. A number is nowhere longer in the answer than in the question, so that nothing is written over before it is moved.
  const question = before.length + 2;
  written?.bytes.copy(list, question);
  let end = list.write(`${before}[`, 'latin1');
  const first = end;
  /** The bytes of the question that go into the answer as they are, and were not moved yet. */
  let [from, to] = [0, 0];
  const move = () => {
    if (to === from) return;
    if (end > first) list[end++] = COMMA;
    list.copyWithin(end, question + from, question + to);
    end += to - from;
    from = to;
  };
  for (let place = 0; place < answers.length; place++) {
    if (answers[place] !== PERMIT) continue;
    const start = written?.places[place] ?? -1;
    if (start < 0) {
      move();
      if (end > first) list[end++] = COMMA;
      list[end++] = QUOTE;
      end += list.write(nhsNumberOfKey(keys[place] as number), end, 'latin1');
      list[end++] = QUOTE;
      continue;
    }
    // Two texts with three bytes between them have nothing there but quote, comma, quote.
    if (start - 1 !== to + 1) {
      move();
      from = start - 1;
    }
    to = start + DIGITS + 1;
  }
  move();
  end += list.write(`]${after}`, end, 'latin1');
  return list.subarray(0, end);
}
