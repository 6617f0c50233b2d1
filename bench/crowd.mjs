// bench/crowd: what does a crowd cost everybody else? N connections of one address ask a town for the same file at once and
// do not take it yet; then somebody asks the assistant. How long that one waits, what the town's process spends and holds,
// and what becomes of the crowd when it takes its answers.
//     node bench/crowd.mjs [N] [PATH]      300 of /games/machine/moyen.gguf
import fs from 'node:fs';
import net from 'node:net';
import { Parvis } from '../test/lib/parvis.mjs';
import { request } from '../test/lib/web.mjs';

const COUNT = Number(process.argv[2] ?? 300);
const PATH = process.argv[3] ?? '/games/machine/moyen.gguf';
const PATIENCE_MS = 150000;
const HOST = 'bench.localhost';

const spent = (pid) => Number(fs.readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
const most = (pid) => Number(/VmHWM:\s*(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

// Asks, and takes nothing until `take` is called, which gives the code, or 0 when no answer came whole.
function asker(port) {
  return new Promise((connected, refused) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(`GET ${PATH} HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
      connected(take);
    });
    socket.once('error', refused);
    const take = () => new Promise((done) => {
      let head = '';
      let taken = 0;
      socket.on('data', (part) => {
        if (taken < 2000) head += part.toString('latin1');
        taken += part.length;
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        const whole = head.indexOf('\r\n\r\n') + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? NaN);
        done(taken === whole ? Number(head.slice(9, 12)) : 0);
      });
      socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    });
  });
}

async function main() {
  const parvis = await Parvis.start({ towns: [{ name: 'bench', domain: 'bench.example', people: [] }] });
  try {
    const { web } = parvis.ports;
    const pid = parvis.townPid('bench');
    const visit = async (path) => {
      const from = performance.now();
      const { status } = await request({ port: web, host: HOST, path });
      return `${status} in ${(performance.now() - from).toFixed(0)} ms`;
    };
    await visit('/assistant');
    await visit(PATH);
    const alone = await visit('/assistant');
    const before = spent(pid);
    const takers = await Promise.all(Array.from({ length: COUNT }, () => asker(web)));
    const crowded = await visit('/assistant');
    const codes = {};
    for (const code of await Promise.all(takers.map((take) => take()))) codes[code] = (codes[code] ?? 0) + 1;
    console.log(`${COUNT} x ${PATH}: /assistant ${alone} alone, ${crowded} behind the crowd; the town spent ` +
      `${(spent(pid) - before).toFixed(0)} ms and held at most ${most(pid).toFixed(0)} MB; answers by code ${JSON.stringify(codes)}`);
  } finally {
    await parvis.stop();
  }
}

await main();
