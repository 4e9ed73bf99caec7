// Finds the browser for the journeys: CHROMIUM_PATH, else an installed one, else Playwright's own (downloaded when missing).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * The path of a Chromium that is there, or undefined after saying what to do.
 * May download one (about 110 MB), which needs network.
 */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : complain(`CHROMIUM_PATH names ${named}, which is not there.`);
  const installed = places.find((place) => existsSync(place));
  if (installed) return installed;
  const { chromium } = await import('playwright');
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  process.stderr.write('no Chromium is installed; fetching the one of Playwright …\n');
  spawnSync(process.execPath, ['node_modules/playwright/cli.js', 'install', '--no-shell', 'chromium'], {
    stdio: ['ignore', 2, 2],
  });
  return existsSync(own) ? own : complain('No Chromium is installed, and it could not be downloaded.');
}

function complain(what) {
  process.stderr.write(
    `${what}\nInstall one (Debian, Ubuntu: apt-get install chromium), or set CHROMIUM_PATH.\n`,
  );
  return undefined;
}
