import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { createApp } from '../../src/app.ts';
import { services as open, type Services } from '../../src/services.ts';
import { httpServer } from '../../src/web/http-server.ts';
import type { Registry } from './registry.ts';
import { watchServer } from './watch.ts';

/** An app on the registry's database, which can be taken away from it and brought back. */
export type Fragile = {
  readonly address: string;
  readonly services: Services;
  takeAway(): Promise<void>;
  bringBack(): Promise<void>;
  close(): Promise<void>;
};

/** On PostgreSQL the connection breaks, on SQLite the disk can be read only. */
export async function openFragile({ config, services }: Registry): Promise<Fragile> {
  const { log, now, database } = services;
  if (database.kind === 'sqlite') {
    const readOnly = (on: 0 | 1) => database.write((tx) => tx.$queryRawUnsafe(`PRAGMA query_only = ${on}`));
    return serve(services, {
      takeAway: async () => void (await readOnly(1)),
      bringBack: async () => void (await readOnly(0)),
      close: async () => undefined,
    });
  }
  const url = new URL(config.databaseUrl);
  const between = await openBetween(url.hostname, Number(url.port));
  url.host = `127.0.0.1:${between.port}`;
  const opened = await open({ ...config, databaseUrl: url.toString() }, { log, now });
  return serve(opened, {
    ...between,
    async close() {
      await opened.close();
      await between.takeAway();
    },
  });
}

type Control = Pick<Fragile, 'takeAway' | 'bringBack' | 'close'>;

async function serve(services: Services, control: Control): Promise<Fragile> {
  const server = watchServer(httpServer(createApp(services)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...control,
    services,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await control.close();
    },
  };
}

/** A way to another port that can be cut. */
async function openBetween(host: string, port: number) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, host);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  return {
    port: own,
    async takeAway() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
    bringBack: () => listen(own),
  };
}
