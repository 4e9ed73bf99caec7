import { connect, type Socket } from 'node:net';

/** A client that works by hand on its connection: for what no library would do. */
export type Wire = {
  readonly socket: Socket;
  write(text: string | Buffer): void;
  /** Waits until what has come holds this, and returns all that has come. */
  until(text: string): Promise<string>;
  /** Waits until the connection is closed, and returns all that has come. */
  closed(): Promise<string>;
};

/** Connects to an address `http://host:port`. */
export function openWire(address: string): Wire {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  let come = '';
  socket.on('data', (chunk) => {
    come += chunk.toString('latin1');
  });
  // How a connection ends is what the tests ask about.
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(come)));
  return {
    socket,
    write: (text) => void socket.write(text),
    closed: () => closed,
    async until(text) {
      while (!come.includes(text)) {
        if (socket.closed) throw new Error(`The connection was closed before "${text}" came: ${come}`);
        await new Promise((resolve) => {
          socket.once('data', resolve);
          socket.once('close', resolve);
        });
      }
      return come;
    },
  };
}

/** The head of a request that sends a CSV file of this length through the guard. */
export function releaseHead(key: string, length: number, more = ''): string {
  return `POST /api/v1/extracts/research/releases HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer ${key}\r\nContent-Type: text/csv\r\nContent-Length: ${length}\r\n${more}\r\n`;
}
