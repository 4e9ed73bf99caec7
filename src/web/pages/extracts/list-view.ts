import { londonDay, showDay } from '../../../day.ts';
import { whyNotInForce } from '../../../extracts/extract.ts';
import { isGround } from '../../../extracts/grounds.ts';
import type { VersionRecord } from '../../../extracts/registered-version.ts';
import { paths } from '../../paths.ts';
import { countingOf } from './find.ts';
import { groundWords, stateTags } from './words.ts';

/** The extracts of a practice, a line each; those of which something waits come first. */
export function extractLines(versions: readonly VersionRecord[], now: Date) {
  const ids = [...new Set(versions.map(({ extractId }) => extractId))];
  const lines = ids.map((id) =>
    lineOf(
      versions.filter(({ extractId }) => extractId === id),
      londonDay(now),
    ),
  );
  return [...lines.filter(({ waits }) => waits !== null), ...lines.filter(({ waits }) => waits === null)];
}

function lineOf(versions: readonly VersionRecord[], today: string) {
  const counting = countingOf(versions);
  const [newest = counting] = versions;
  const { extractId, name, recipient, purpose, ground, startsOn, endsOn } = counting;
  const isOutOfDates = whyNotInForce(counting, today) === 'out-of-dates';
  const isOther = newest.version !== counting.version && newest.state !== 'ended';
  return {
    href: paths.extract(extractId),
    name,
    extractId,
    recipient,
    purpose,
    ground: isGround(ground) ? groundWords[ground] : ground,
    state: isOutOfDates ? { text: 'Out of its dates', colour: 'yellow' } : stateTags[counting.state],
    dates: `${showDay(startsOn)} to ${showDay(endsOn)}`,
    /** What of it waits: a draft to be sent, or a version to be approved. */
    waits:
      newest.state === 'awaiting-approval' || newest.state === 'draft'
        ? {
            tag: isOther ? stateTags[newest.state] : null,
            words: `Version ${newest.version}`,
            href: paths.extractVersion(extractId, newest.version),
          }
        : null,
  };
}
