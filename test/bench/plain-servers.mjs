// What a server would do that decides nothing: one writes an upload to a file and sends it back, one parses a list of
// numbers and looks each up. Run by itself: node plain-servers.mjs FOLDER NUMBERS; prints its port.
import { createReadStream, createWriteStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import express from 'express';

const [folder, list] = process.argv.slice(2);
const withheld = new Set(readFileSync(list, 'utf8').split('\n'));
const app = express();
app.post('/back', async (req, res) => {
  const file = join(folder, 'uploaded');
  await pipeline(req, createWriteStream(file, { highWaterMark: 1 << 20 }));
  res.set('Content-Length', String(statSync(file).size));
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), res);
});
app.post('/check', express.json({ limit: '8mb' }), (req, res) => {
  res.json({ permitted: req.body.nhsNumbers.filter((number) => !withheld.has(number)) });
});
const server = createServer(app).listen(0, '127.0.0.1', () => console.log(server.address().port));
