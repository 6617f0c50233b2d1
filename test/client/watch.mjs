// Who watches the house: numbers and health at their own door, another certificate without an end, a member added while all
// serve, and nothing secret in any log or number.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';
import { request, signIn } from '../lib/web.mjs';
import { equal, ok, until } from '../lib/tally.mjs';
import { Wire } from '../lib/wire.mjs';

// One sample: name, labels, value. Strict: every line is a comment of a known form or a sample (Prometheus text format 0.0.4).
export function readMetrics(text) {
  const types = new Map();
  const samples = [];
  const seen = new Set();
  ok(text.endsWith('\n'), 'the last line has its end');
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line);
    if (comment) {
      if (comment[1] === 'TYPE') {
        ok(/^(counter|gauge|histogram)$/.test(comment[3]) && !types.has(comment[2]), line);
        types.set(comment[2], comment[3]);
      }
      continue;
    }
    const sample = /^([a-z_]+)(?:\{((?:[a-z]+="[^"\\\n]*",?)*)\})? (-?[0-9.e+]+)$/.exec(line);
    ok(sample, `no sample: ${line}`);
    const family = sample[1].replace(/_(bucket|sum|count)$/, (end) => (types.get(sample[1].slice(0, -end.length)) === 'histogram' ? '' : end));
    ok(types.has(family), `${sample[1]} has no TYPE before it`);
    const key = `${sample[1]}{${sample[2] ?? ''}}`;
    ok(!seen.has(key), `twice: ${key}`);
    seen.add(key);
    const labels = Object.fromEntries([...(sample[2] ?? '').matchAll(/([a-z]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    samples.push({ name: sample[1], labels, value: Number(sample[3]) });
  }
  return samples;
}

export function tests(parvis) {
  const door = (where) => request({ port: parvis.ports.metrics, host: `127.0.0.1:${parvis.ports.metrics}`, path: where });
  const metrics = async () => readMetrics((await door('/metrics')).text);
  const value = (samples, name, labels = {}) =>
    samples.find((one) => one.name === `parvis_${name}` && Object.entries(labels).every(([key, wanted]) => one.labels[key] === wanted))?.value;
  const beauval = { role: 'town', member: 'beauval' };
  const serial = () =>
    new Promise((done, fail) => {
      const socket = tls.connect({ host: '127.0.0.1', port: parvis.ports.imaps, rejectUnauthorized: false, servername: 'beauval.localhost' }, () => {
        const { serialNumber } = socket.getPeerCertificate();
        socket.destroy();
        done(serialNumber);
      });
      socket.on('error', fail);
    });

  async function deliver(address, letter) {
    const wire = await Wire.open(parvis.ports.lmtp);
    const say = async (text, code) => {
      wire.send(text);
      for (;;) {
        const line = (await wire.line())?.toString();
        if (!line?.startsWith(code)) throw new Error(`LMTP: ${line}`);
        if (line[3] !== '-') return;
      }
    };
    await say('', '220');
    await say('LHLO test.example\r\n', '250');
    await say('MAIL FROM:<sender@outside.example>\r\n', '250');
    await say(`RCPT TO:<${address}>\r\n`, '250');
    await say('DATA\r\n', '354');
    await say(`${letter}.\r\n`, '250');
    wire.close();
  }

  return [
    ['numbers are of the form Prometheus reads, and grow', async () => {
      const before = await metrics();
      equal(value(before, 'up', beauval), 1, 'beauval is up');
      ok(value(before, 'build_info') === 1 && value(before, 'disk_free_bytes') > 0, 'the house');
      for (const role of ['front', 'auth', 'hasher', 'model', 'town']) ok(value(before, 'memory_bytes', { role }) > 100000, `memory of ${role}`);
      await deliver('accueil@beauval.example', 'Subject: Nombre\r\n\r\nUn.\r\n');
      const after = await metrics();
      equal(value(after, 'messages_accepted_total', beauval), value(before, 'messages_accepted_total', beauval) + 1, 'accepted');
      ok(value(after, 'commit_seconds_count', beauval) > value(before, 'commit_seconds_count', beauval), 'commits');
      ok(value(after, 'connections_total') > value(before, 'connections_total'), 'connections');
      equal(value(after, 'commit_seconds_bucket', { ...beauval, le: '+Inf' }), value(after, 'commit_seconds_count', beauval), 'buckets');
      await until(async () => value(await metrics(), 'late_seconds', beauval) === 0, 'the index is not behind', 5000);
    }],
    ['health says 200 while all is up; other paths are not there', async () => {
      const answer = await door('/health');
      equal(answer.status, 200, 'well');
      const told = JSON.parse(answer.text);
      equal(told.status, 'ok', 'status');
      ok(told.roles.some((one) => one.role === 'town' && one.member === 'clairmont' && one.up && one.answers), 'clairmont answers');
      equal((await door('/')).status, 404, 'no page');
      equal((await request({ port: parvis.ports.web, host: `beauval.localhost:${parvis.ports.web}`, path: '/metrics' })).status, 404, 'not at the door of pages');
    }],
    ['another certificate is taken without an end; one that is none is not', async () => {
      const folder = path.join(parvis.dir, 'tls');
      const open = await new Promise((done, fail) => {
        const socket = tls.connect({ host: '127.0.0.1', port: parvis.ports.imaps, rejectUnauthorized: false }, () => done(socket));
        socket.on('error', fail);
      });
      const first = await serial();
      execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-subj', '/CN=beauval.localhost',
        '-keyout', path.join(folder, 'key.pem'), '-out', path.join(folder, 'certificate.pem')], { stdio: 'ignore' });
      process.kill(parvis.server.pid, 'SIGHUP');
      await until(async () => (await serial()) !== first, 'the new certificate', 5000);
      const second = await serial();
      fs.writeFileSync(path.join(folder, 'certificate.pem'), 'nothing of the kind\n');
      process.kill(parvis.server.pid, 'SIGHUP');
      await until(async () => /parent reloaded .*status="invalid"/.test(parvis.server.output), 'the refusal in the log', 5000);
      equal(await serial(), second, 'the one there was');
      const heard = new Promise((done) => open.once('data', done));
      open.write('a NOOP\r\n');
      ok(/OK/.test(String(await heard)), 'a connection from before goes on');
      open.destroy();
      equal((await door('/health')).status, 200, 'all is up');
    }],
    ['a member added while all serve is served', async () => {
      await parvis.cli(['town', 'add', 'rochefleur', '--domain', 'rochefleur.example', '--kind', 'commune']);
      await parvis.addPerson('accueil@rochefleur.example', 'Accueil', 'agent');
      await until(async () => value(await metrics(), 'up', { role: 'town', member: 'rochefleur' }) === 1, 'its town is up', 10000);
      await deliver('accueil@rochefleur.example', 'Subject: Bienvenue\r\n\r\nBonjour.\r\n');
      const host = `rochefleur.localhost:${parvis.ports.web}`;
      const cookie = await signIn({ port: parvis.ports.web, host, address: 'accueil@rochefleur.example', password: parvis.password('accueil@rochefleur.example') });
      const page = await request({ port: parvis.ports.web, host, path: '/mail', headers: { Cookie: cookie } });
      ok(page.text.includes('Bienvenue'), 'the letter is there');
    }],
    ['no log and no number holds what is secret or said in a letter', async () => {
      const address = 'accueil@beauval.example';
      const marks = ['zqsubject', 'zqbody', 'zqsearched', 'zqwrong', 'zqfile'];
      await deliver(address, 'Subject: zqsubject\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>zqbody</p>\r\n' +
        '--b\r\nContent-Disposition: attachment; filename=zqfile.txt\r\n\r\nx\r\n--b--\r\n');
      const host = `beauval.localhost:${parvis.ports.web}`;
      const port = parvis.ports.web;
      const cookie = await signIn({ port, host, address, password: parvis.password(address) });
      const get = (where) => request({ port, host, path: where, headers: { Cookie: cookie } });
      ok((await get('/mail')).text.includes('zqsubject'), 'the list');
      equal((await get('/mail/search?q=zqsearched+zqbody')).status, 200, 'a search');
      await signIn({ port, host, address, password: 'zqwrong-password' }).then(() => ok(false, 'let in'), () => {});
      const wire = await Wire.open(parvis.ports.imap);
      await wire.line();
      for (const line of [`a LOGIN ${address} zqwrong`, `b LOGIN ${address} ${parvis.password(address)}`, 'c SELECT INBOX', 'd SEARCH TEXT zqsearched', 'e FETCH 1:* BODY.PEEK[]', 'f NONSENSE zqsearched']) {
        wire.send(`${line}\r\n`);
        for (let heard = ''; !heard.startsWith(`${line[0]} `);) heard = (await wire.line()).toString();
      }
      wire.close();
      const secrets = [...marks, parvis.password(address), ...cookie.split('; ').map((one) => one.split('=')[1]).filter((one) => one.length > 15)];
      const family = execFileSync('ps', ['-o', 'pid=', '--ppid', String(parvis.server.pid)]).toString().trim().split(/\s+/);
      const places = {
        log: parvis.server.output,
        numbers: (await door('/metrics')).text + (await door('/health')).text,
        'command lines and environments': [parvis.server.pid, ...family]
          .map((pid) => fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1') + fs.readFileSync(`/proc/${pid}/environ`, 'latin1')).join('\n'),
        'the folder run': fs.readdirSync(path.join(parvis.dir, 'run')).map((name) => {
          const file = path.join(parvis.dir, 'run', name);
          return name + (fs.statSync(file).isFile() ? fs.readFileSync(file, 'latin1') : '');
        }).join('\n'),
      };
      ok(/auth login .*status="denied"/.test(places.log) || /auth login/.test(places.log), 'the log has sign-ins');
      for (const [place, text] of Object.entries(places)) {
        for (const secret of secrets) ok(!text.includes(secret), `${place}: holds ${marks.includes(secret) ? secret : 'a secret'}`);
      }
    }],
  ];
}
