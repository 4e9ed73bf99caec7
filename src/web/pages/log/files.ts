import { type Response, Router } from 'express';
import { entriesBytes, readTilePath, tileBytes } from '../../../ledger/tiles.ts';
import type { Services } from '../../../services.ts';
import { PageError } from '../../middleware/page-error.ts';
import { paths } from '../../paths.ts';
import { practiceOfLog } from './find-practice.ts';

/** A checkpoint is replaced once a day; a tile never changes (C2SP tlog-tiles, "Merkle Tree"). */
const FIVE_MINUTES = 'public, max-age=300';
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * The files of a practice's public log, for tools: the checkpoint and the tiles under it (C2SP tlog-tiles). They hold
 * hashes and commitments only, need no log in, set no cookie and may be kept by anybody.
 */
export function logFileRoutes(services: Services): Router {
  const router = Router();

  router.get(paths.logCheckpoint(':ods'), async (req, res) => {
    const { id } = await practiceOfLog(services, req.params.ods);
    const published = await services.publicLog.latest(id);
    if (published === null) throw new PageError(404, 'nothing was published yet');
    letKeep(res, FIVE_MINUTES).type('text/plain; charset=utf-8').send(published.note);
  });

  router.get(`${paths.logTiles(':ods')}/*path`, async (req, res) => {
    const { ods, path } = req.params as { ods?: string; path?: string[] };
    const { id } = await practiceOfLog(services, ods);
    const tile = readTilePath(`tile/${path?.join('/')}`);
    if (tile === undefined) throw new PageError(404, 'not the address of a tile');
    const bytes = tile.entries
      ? await services.publicLog.entries(id, tile).then((entries) => entries && entriesBytes(entries))
      : await services.publicLog.tile(id, tile).then((hashes) => hashes && tileBytes(hashes));
    if (bytes === null) throw new PageError(404, 'no such tile was published');
    letKeep(res, FOR_EVER).type('application/octet-stream').send(bytes);
  });

  return router;
}

/** Anybody may keep it, and a page of anybody's may read it. */
function letKeep(res: Response, cacheControl: string): Response {
  return res.set({
    'Cache-Control': cacheControl,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': '*',
  });
}
