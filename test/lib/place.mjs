// Where things are: the checkout, the folder shared with it, a fresh folder for one run, free ports on loopback.
import crypto from 'node:crypto';
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

// Listening at a port taken by chance; null where somebody is there. Below the ports that the kernel lends to connections
// (ip_local_port_range): what is free now stays free while a server that was killed starts again.
function holdPort(below) {
  return new Promise((done) => {
    const server = net.createServer();
    server.once('error', () => done(null));
    server.listen(below - 1 - crypto.randomInt(12000), '127.0.0.1', () => done(server));
  });
}

// Free at this moment; all are held together so that no two are the same.
export async function freePorts(count) {
  const below = Number(fs.readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s/)[0]);
  const held = [];
  while (held.length < count) {
    const server = await holdPort(below);
    if (server) held.push(server);
  }
  const ports = held.map((server) => server.address().port);
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
