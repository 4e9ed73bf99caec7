import type { FastLineScanner } from './fast-lines.ts';
import type { JsonTape } from './json-tape.ts';

/** So many shapes are remembered, and none that takes longer to say: memory stays the same whatever the file. */
const MOST = 200;
const LONGEST = 20_000;

/** What was made of lines, by their shape: of a line that is like one before it is not made again. */
export class ByShape<Made extends object> {
  private readonly known = new Map<string, Made>();
  /** Of the shapes of the present numbering, what was made, and what they are. */
  private made: (Made | undefined)[] = [];
  private shapes: (string | undefined)[] = [];
  private numbering = -1;

  constructor(
    private readonly lines: FastLineScanner,
    private readonly tape: JsonTape,
  ) {}

  /** What was made of a line of the same shape as this one; undefined when nothing was, or its shape is not known. */
  get(): Made | undefined {
    const { shape, numbering } = this.lines;
    if (shape < 0) return undefined;
    if (numbering !== this.numbering) {
      this.numbering = numbering;
      this.made = [];
      this.shapes = [];
    }
    const made = this.made[shape];
    if (made !== undefined || this.shapes[shape] !== undefined) return made;
    const said = this.tape.shape();
    this.shapes[shape] = said;
    this.made[shape] = this.known.get(said);
    return this.made[shape];
  }

  /** Remembers what was made of the line. Called after get(). */
  set(made: Made): void {
    const { shape } = this.lines;
    if (shape < 0) return;
    this.made[shape] = made;
    const said = this.shapes[shape] as string;
    if (said.length > LONGEST) return;
    if (this.known.size >= MOST) this.known.clear();
    this.known.set(said, made);
  }
}
