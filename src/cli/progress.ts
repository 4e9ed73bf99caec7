const WIDTH = 30;
const EVERY_MS = 200;

/** A line that says how far something has come; only where somebody looks at it. */
export type Progress = {
  /** @param done bytes so far. @param all bytes in all; undefined when nobody knows */
  show(what: string, done: number, all: number | undefined): void;
  /** Takes the line away. */
  clear(): void;
};

/** @param screen where to draw, such as standard error */
export function progressOn(screen: NodeJS.WriteStream): Progress {
  if (!screen.isTTY) return { show: () => {}, clear: () => {} };
  let drawnAt = 0;
  return {
    show(what, done, all) {
      if (performance.now() - drawnAt < EVERY_MS && done !== all) return;
      drawnAt = performance.now();
      screen.write(`\r\u001b[K${progressLine(what, done, all)}`);
    },
    clear: () => void screen.write('\r\u001b[K'),
  };
}

/** `Sending [########------] 40% of 795 MB` */
export function progressLine(what: string, done: number, all: number | undefined): string {
  const size = (bytes: number) => `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
  if (all === undefined || all === 0) return `${what} ${size(done)}`;
  const share = Math.min(1, done / all);
  const bar = '#'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '-');
  return `${what} [${bar}] ${Math.floor(share * 100)}% of ${size(all)}`;
}
