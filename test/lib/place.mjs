// Where things are: the checkout, the folder shared with it, a fresh folder for one run, free ports on loopback.
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const SHARED = process.env.PARVIS_SHARED ?? path.resolve(ROOT, '../shared');
export const BUILD = path.join(ROOT, 'build');

export function freshFolder(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `parvis-${name}-`));
  fs.chmodSync(folder, 0o755);
  return folder;
}

export function removeFolder(folder) {
  if (!process.env.KEEP) fs.rmSync(folder, { recursive: true, force: true });
}

// Free at this moment; all are held together so that no two are the same.
export async function freePorts(count) {
  const held = [];
  for (let i = 0; i < count; i++) {
    held.push(
      await new Promise((done, fail) => {
        const server = net.createServer();
        server.once('error', fail);
        server.listen(0, '127.0.0.1', () => done(server));
      }),
    );
  }
  const ports = held.map((server) => server.address().port);
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
