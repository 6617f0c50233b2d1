// Wrong town in every identifier: people of one town, signed in, name what belongs to another, over every route of the
// descriptors' table and every IMAP command, a million times by chance.
//   node fault/cross_town.mjs [--requests N] [--seed N]
// The oracle: words planted in the other town's mail, names, drafts and folders never appear in an answer, and its tables
// hold the same rows afterwards. The sessions are good ones: a share of the requests must succeed at home.
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runToEnd } from '../lib/child.mjs';
import { Parvis, SYNDICATE, TWO_TOWNS, whyNoParvis } from '../lib/parvis.mjs';
import { ROOT } from '../lib/place.mjs';
import { Tally, equal, ok } from '../lib/tally.mjs';
import { request, signIn } from '../lib/web.mjs';
import { Imap } from './weather.mjs';

const ROUND = 20000; // requests of one life of the server: shorter than its first upkeep job
const HOME = 'beauval.localhost';
const AWAY = 'clairmont.localhost';
const SECRETS = ['jachere-rubis', 'ocarina-ambre', 'tilleul-cobalt', 'brouillard-safran'];
// What ends the sessions that ask, switches the town's mail off, or is an operator's right over every member.
const LEFT_OUT = /^POST \/(sign-in|sign-out|enter|entrance|invitation|account\/(password|second|sessions)|people\/services|operate)/;
const OWN_PEOPLE = 20; // numbers below are of those who ask: nobody is to lose the right to

class Chance {
  constructor(seed) {
    this.state = BigInt(seed);
  }

  below(bound) {
    this.state = (this.state + 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
    let z = this.state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & 0xffffffffffffffffn;
    return Number((z ^ (z >> 31n)) % BigInt(bound));
  }

  of(list) {
    return list[this.below(list.length)];
  }
}

export async function allRoutes() {
  const program = 'build/release/fault/routes';
  const built = await runToEnd('make', ['-s', '-j2', program], { cwd: ROOT, ms: 600000 });
  if (built.code !== 0) throw new Error(built.output.slice(-2000));
  const { output } = await runToEnd(path.join(ROOT, program), []);
  return output.trim().split('\n');
}

// Names of fields, as the templates and handlers have them.
function allFields() {
  const names = new Set();
  for (const file of fs.readdirSync(path.join(ROOT, 'src'), { recursive: true })) {
    if (!/service\/.*\.(html|c)$/.test(file)) continue;
    const text = fs.readFileSync(path.join(ROOT, 'src', file), 'utf8');
    for (const [, name] of text.matchAll(/\bname="([a-z_]+)"/g)) names.add(name);
    for (const [, name] of text.matchAll(/web_(?:value|int|has)\(\w+, "([a-z_]+)"/g)) names.add(name);
  }
  // Mail to the other town is no reading of it, and would change it rightly.
  for (const name of ['to', 'cc', 'bcc', 'form_token']) names.delete(name);
  return [...names];
}

function imapCommands() {
  const text = fs.readFileSync(path.join(ROOT, 'src/service/mail/imap/command.c'), 'utf8');
  return [...text.matchAll(/\{"([A-Z]+)", imap_/g)].map((match) => match[1]).filter((name) => !['IDLE', 'DONE', 'LOGOUT', 'APPEND'].includes(name));
}

function letter(subject, body) {
  return `From: <accueil@clairmont.example>\r\nSubject: ${subject}\r\n\r\n${body}\r\n`;
}

// What the other town has, under each kind of number and name.
async function plant(parvis) {
  const [secret, folder, name, draft] = SECRETS;
  const address = 'accueil@clairmont.example';
  await parvis.addPerson('archives@clairmont.example', name);
  const imap = await Imap.open(parvis.ports.imap, address, parvis.password(address));
  await imap.command('CREATE Dossier-du-voisin');
  for (const [box, text] of [['INBOX', letter(secret, secret)], ['Dossier-du-voisin', letter(folder, folder)], ['Drafts', letter(draft, draft)]]) {
    for (let i = 0; i < 20; i++) {
      await imap.command(`APPEND ${box} {${text.length}}`);
      imap.wire.send(`${text}\r\n`);
      await imap.until();
    }
  }
  await imap.command('SELECT INBOX');
  const ids = (await imap.command('FETCH 1:* (EMAILID THREADID)')).join(' ');
  imap.close();
  return [...new Set([...ids.matchAll(/\(([A-Za-z0-9_-]+)\)/g)].map((match) => match[1]))].slice(0, 20);
}

// Every row of a closed database, hashed.
async function stateOf(folder) {
  const { DatabaseSync } = await import('node:sqlite');
  const digest = crypto.createHash('sha256');
  for (const name of ['town.db', 'auth.db']) {
    const db = new DatabaseSync(path.join(folder, name), { readOnly: true });
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").all();
    for (const table of tables) {
      digest.update(`${name} ${table.name}\n`);
      const statement = db.prepare(`SELECT * FROM "${table.name}"`);
      statement.setReadBigInts(true);
      const rows = statement.all().map((row) => Object.values(row).map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value))).join('|'));
      rows.sort().forEach((row) => digest.update(`${row}\n`));
    }
    db.close();
  }
  return digest.digest('hex');
}

class Round {
  constructor(parvis, chance, { routes, fields, commands, ids }) {
    Object.assign(this, { parvis, chance, routes, fields, commands, ids });
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
    this.leaks = [];
    this.statuses = new Map();
    this.homes = 0;
  }

  identifier() {
    const { chance } = this;
    switch (chance.below(9)) {
      case 0: return chance.of(this.ids);
      case 1: return chance.of(['accueil@clairmont.example', 'archives@clairmont.example', 'finances@clairmont.example']);
      case 2: return chance.of(['clairmont', 'clairmont.example', 'clairmont.localhost', 'syndicat']);
      case 3: return chance.of(['../clairmont/town.db', '..%2fclairmont', 'clairmont%00', '%2e%2e/clairmont', 'members/clairmont/segments/00000001']);
      case 4: return String((BigInt(1 + chance.below(6)) << 32n) | BigInt(1 + chance.below(70)));
      case 5: return String(-chance.below(5));
      case 6: return 'Dossier-du-voisin';
      default: return String(1 + chance.below(80));
    }
  }

  webRequest() {
    const { chance } = this;
    const [method, pattern] = chance.of(this.routes).split(' ');
    const spares = method === 'POST' && pattern.startsWith('/people');
    const identifier = () => {
      const one = this.identifier();
      return spares && Number(one) < OWN_PEOPLE ? String(OWN_PEOPLE + chance.below(80)) : one;
    };
    const target = pattern.replace(/\{[a-z_]+\}/g, () => encodeURIComponent(identifier()));
    const values = new URLSearchParams();
    for (let i = chance.below(4); i > 0; i--) values.append(chance.of(this.fields), identifier());
    if (chance.below(3) === 0) values.append('town', this.identifier());
    const who = chance.of(this.people);
    // Mostly at home; sometimes with the other town's name, in one of the ways it may be said.
    const host = chance.below(6) === 0 ? chance.of([AWAY, 'clairmont.localhost:80', 'CLAIRMONT.localhost', 'localhost', 'syndicat.localhost']) : HOME;
    const headers = { Host: host, Cookie: who.cookie, 'Accept-Language': 'fr', Origin: `http://${host}` };
    if (chance.below(5) === 0) headers['X-Forwarded-Host'] = AWAY;
    if (method === 'GET') return { method, host, path: values.size ? `${target}?${values}` : target, headers };
    values.append('form_token', who.token);
    headers['Content-Type'] = 'application/x-www-form-urlencoded';
    return { method, host, path: target, headers, body: values.toString() };
  }

  judge(what, bytes) {
    const text = bytes.toString('utf8');
    const found = SECRETS.find((secret) => text.includes(secret));
    if (found) this.leaks.push(`${what}: ${found}`);
  }

  web() {
    const asked = this.webRequest();
    return new Promise((done) => {
      const options = { host: '127.0.0.1', port: this.parvis.ports.web, method: asked.method, path: asked.path, headers: asked.headers, setHost: false, agent: this.agent };
      if (asked.body) asked.headers['Content-Length'] = Buffer.byteLength(asked.body);
      const out = http.request(options, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          this.statuses.set(answer.statusCode, (this.statuses.get(answer.statusCode) ?? 0) + 1);
          if (asked.host === HOME && answer.statusCode === 200) this.homes++;
          this.judge(`${asked.method} ${asked.path} at ${asked.host}`, Buffer.concat([Buffer.from(JSON.stringify(answer.headers)), ...parts]));
          done();
        });
        answer.on('error', done);
      });
      out.on('error', () => {
        this.statuses.set('broken', (this.statuses.get('broken') ?? 0) + 1);
        done();
      });
      out.end(asked.body);
    });
  }

  imapRequest() {
    const { chance } = this;
    const box = () => chance.of(['INBOX', 'Dossier-du-voisin', '"../clairmont/INBOX"', '"user/accueil@clairmont.example"', '"Other Users/accueil@clairmont.example/INBOX"', '"#clairmont/INBOX"', 'clairmont', '"~accueil@clairmont.example/INBOX"', `"${chance.below(80)}"`]);
    const set = () => chance.of(['1:*', '1', '4294967295', `${1 + chance.below(80)}`, '1:40']);
    const name = chance.of(this.commands);
    switch (name) {
      case 'LIST':
      case 'LSUB': return `${name} ${chance.of(['""', '"clairmont/"', '"../"', '"user/"'])} "*"`;
      case 'STATUS': return `STATUS ${box()} (MESSAGES UIDNEXT MAILBOXID)`;
      case 'RENAME': return `RENAME Dossier-du-voisin Chez-nous-${chance.below(1000)}`;
      case 'FETCH': return `${chance.below(2) ? 'UID ' : ''}FETCH ${set()} (FLAGS ENVELOPE BODY.PEEK[] EMAILID THREADID)`;
      case 'STORE': return `${chance.below(2) ? 'UID ' : ''}STORE ${set()} +FLAGS (\\Flagged)`;
      case 'COPY': return `${chance.below(2) ? 'UID ' : ''}COPY ${set()} ${box()}`;
      case 'MOVE': return `${chance.below(2) ? 'UID ' : ''}MOVE ${set()} ${box()}`;
      case 'SEARCH': return `SEARCH ${chance.of(['ALL', `EMAILID ${chance.of(this.ids)}`, `THREADID ${chance.of(this.ids)}`, 'FROM accueil@clairmont.example'])}`;
      case 'SORT': return 'SORT (SUBJECT) UTF-8 ALL';
      case 'THREAD': return 'THREAD REFERENCES UTF-8 ALL';
      case 'GETQUOTA': return `GETQUOTA "${this.identifier()}"`;
      case 'ENABLE': return 'ENABLE CONDSTORE';
      case 'EXPUNGE': return 'EXPUNGE';
      default: return /^(SELECT|EXAMINE|CREATE|DELETE|SUBSCRIBE|UNSUBSCRIBE|GETQUOTAROOT)$/.test(name) ? `${name} ${box()}` : name;
    }
  }

  async imap(count) {
    let session = null;
    for (let i = 0; i < count; i++) {
      session ??= await Imap.open(this.parvis.ports.imap, 'accueil@beauval.example', this.parvis.password('accueil@beauval.example'));
      if (i % 20 === 0) await session.command('SELECT INBOX');
      const text = this.imapRequest();
      const lines = await session.command(text);
      this.judge(text, Buffer.from(lines.join('\n')));
      if (lines.some((line) => line.startsWith('t OK'))) this.homes++;
      if (lines.at(-1) === '* ended') {
        session.close();
        session = null;
      }
    }
    session?.close();
  }

  async signInAll() {
    const { parvis } = this;
    this.people = [];
    for (const address of ['accueil@beauval.example', 'administration@beauval.example']) {
      const cookie = await signIn({ port: parvis.ports.web, host: HOME, address, password: parvis.password(address) });
      const page = await request({ port: parvis.ports.web, host: HOME, path: '/mail/write', headers: { Cookie: cookie } });
      this.people.push({ cookie, token: /name="form_token" value="([^"]*)"/.exec(page.text)?.[1] ?? '' });
      ok(page.status === 200, `${address} is signed in: ${page.status}`);
    }
    const operator = 'operateur@syndicat.example';
    this.people.push({ cookie: await signIn({ port: parvis.ports.web, host: 'syndicat.localhost', address: operator, password: parvis.password(operator) }), token: '' });
  }

  async run(count) {
    await this.signInAll();
    let left = count - Math.floor(count / 5);
    const worker = async () => {
      while (left-- > 0) await this.web();
    };
    await Promise.all([this.imap(Math.floor(count / 5)), ...Array.from({ length: 12 }, worker)]);
    this.agent.destroy();
  }
}

// The oracle can see: who belongs to the other town is shown the planted words there.
async function proveTheOracle(parvis) {
  const address = 'accueil@clairmont.example';
  const cookie = await signIn({ port: parvis.ports.web, host: AWAY, address, password: parvis.password(address) });
  const page = await request({ port: parvis.ports.web, host: AWAY, path: '/mail', headers: { Cookie: cookie } });
  ok(page.text.includes(SECRETS[0]), 'the planted word is not shown to its own people');
}

export async function crossTownTests(tally, { requests = ROUND, seed = 1 } = {}) {
  let parvis;
  const made = {};
  await tally.test('two towns and planted words', async () => {
    parvis = await Parvis.start({ towns: [...TWO_TOWNS, SYNDICATE] });
    made.ids = await plant(parvis);
    await proveTheOracle(parvis);
    made.routes = (await allRoutes()).filter((route) => !LEFT_OUT.test(route));
    made.fields = allFields();
    made.commands = imapCommands();
    ok(made.routes.length > 40 && made.commands.length > 20 && made.fields.length > 20, JSON.stringify(made).slice(0, 300));
    await parvis.halt();
  }, { ms: 60000 });
  if (!made.commands) return;
  const chance = new Chance(seed);
  const other = path.join(parvis.dir, 'members/clairmont');
  const rounds = Math.max(1, Math.round(requests / ROUND));
  const statuses = new Map();
  for (let i = 0; i < rounds; i++) {
    await tally.test(`wrong town in ${Math.min(requests, ROUND)} requests, round ${i + 1} of ${rounds}, seed ${seed}`, async () => {
      const before = await stateOf(other);
      await parvis.serve();
      const round = new Round(parvis, chance, made);
      await round.run(Math.min(requests, ROUND));
      await parvis.halt();
      for (const [status, count] of round.statuses) statuses.set(status, (statuses.get(status) ?? 0) + count);
      equal(round.leaks.slice(0, 10), [], 'words of the other town');
      ok(round.homes > requests / 100 || round.homes > 1000, `only ${round.homes} succeeded at home: ${JSON.stringify([...round.statuses])}`);
      equal(await stateOf(other), before, "the other town's rows");
    }, { ms: 300000 });
  }
  console.log(`cross-town: ${rounds * Math.min(requests, ROUND)} requests, ${made.routes.length} routes, ${made.commands.length} IMAP commands; answers ${JSON.stringify([...statuses].sort())}`);
  await tally.test('the server of two towns ends', async () => {
    await parvis.serve();
    await parvis.stop();
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const words = process.argv.slice(2);
  const value = (name, or) => (words.includes(name) ? Number(words[words.indexOf(name) + 1]) : or);
  const tally = new Tally();
  const reason = await whyNoParvis(['web', 'imap']);
  if (reason) tally.skip('cross-town requests', reason);
  else await crossTownTests(tally, { requests: value('--requests', 1000000), seed: value('--seed', 1) });
  tally.end();
}
