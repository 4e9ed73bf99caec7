import type { FastLineScanner } from './fast-lines.ts';

/** What was made of lines, by their shape: of a line that is like one before it is not made again. */
export class ByShape<Made> {
  private readonly made: (Made | undefined)[] = [];
  private numbering = -1;

  /** @param make must not depend on anything but the line's names, objects and lists */
  of(lines: FastLineScanner, make: () => Made): Made {
    const { shape, numbering } = lines;
    if (shape < 0) return make();
    if (numbering !== this.numbering) this.made.length = 0;
    this.numbering = numbering;
    const known = this.made[shape];
    if (known !== undefined) return known;
    const made = make();
    this.made[shape] = made;
    return made;
  }
}
