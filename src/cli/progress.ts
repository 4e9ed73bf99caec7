const WIDTH = 30;
const EVERY_MS = 200;

/** What is told besides how far it has come; what nobody knows yet is left out. */
export type Facts = { readonly rows?: number; readonly withheld?: number };

/** A line that says how far something has come; only where somebody looks at it. */
export type Progress = {
  /** @param done bytes so far. @param all bytes in all; undefined when nobody knows */
  show(what: string, done: number, all: number | undefined, facts?: Facts): void;
  /** Takes the line away. */
  clear(): void;
};

/** @param screen where to draw, such as standard error; what is no terminal (a nightly job’s log) gets nothing */
export function progressOn(screen: NodeJS.WriteStream): Progress {
  if (!screen.isTTY) return { show: () => {}, clear: () => {} };
  let drawnAt = 0;
  let began: { readonly what: string; readonly at: number } | undefined;
  return {
    show(what, done, all, facts = {}) {
      const now = performance.now();
      if (began?.what !== what) began = { what, at: now };
      else if (now - drawnAt < EVERY_MS && done !== all) return;
      drawnAt = now;
      screen.write(
        `\r\u001b[K${progressLine(what, done, all, { ...facts, seconds: (now - began.at) / 1000 })}`,
      );
    },
    clear: () => void screen.write('\r\u001b[K'),
  };
}

/**
 * `Sending [########------] 40% of 795 MB, 2,104,332 rows, 210 MB/s, 2 s left`
 *
 * @param seconds since it began
 */
export function progressLine(
  what: string,
  done: number,
  all: number | undefined,
  { rows, withheld, seconds = 0 }: Facts & { readonly seconds?: number } = {},
): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const left = rate > 0 && all !== undefined && done < all ? (all - done) / rate : undefined;
  const facts = [
    ...(rows === undefined ? [] : [`${grouped.format(rows)} ${rows === 1 ? 'row' : 'rows'}`]),
    ...(withheld === undefined ? [] : [`${grouped.format(withheld)} withheld`]),
    ...(rate === 0 ? [] : [`${size(rate)}/s`]),
    ...(left === undefined ? [] : [`${shownTime(left)} left`]),
  ];
  return [`${what} ${howFar(done, all)}`, ...facts].join(', ');
}

const grouped = new Intl.NumberFormat('en-GB');

const size = (bytes: number): string => `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;

function howFar(done: number, all: number | undefined): string {
  if (all === undefined || all === 0) return size(done);
  const share = Math.min(1, done / all);
  const bar = '#'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '-');
  return `[${bar}] ${Math.floor(share * 100)}% of ${size(all)}`;
}

/** `5 s`, `3 min 20 s`, `2 h 5 min`. */
function shownTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
