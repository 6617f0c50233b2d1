// Plays the transcripts of test/transcript/{smtp,lmtp,submission,imap,http}/*.txt against a real server.
//   node test/play.mjs [--peer dovecot] [FILE...]
//
// One behaviour a file. Its head is "name: value" lines, an empty line ends it:
//   rule: RFC 5321 4.1.1.4        the clause it stands on (must be there)
//   peer: no                      not to be tried on the peer, with the reason after a dash
// Then, in order:
//   C: text        sent with CRLF; \r \n \0 \xHH \\ as in C; $name is a variable; {{N*text}} repeats text N times
//   C- text        the same without CRLF
//   S: pattern     the next line must match: * is any run of characters, ? is not special, $name compares or, when new,
//                  takes the word; the case of letters does not count
//   S~ pattern     some line must match; those before it are passed over
//   S! pattern     in the lines up to the next S~ or S: none may match
//   TLS            both sides turn to TLS
//   END            the server closes the connection
//   WAIT ms        a pause
//   NEW [listener] a new connection, to the same or another listener
// Predefined: $user $password $other $otherpassword $plain (SASL PLAIN of $user), $nobody (no such person), $domain, $big.
import fs from 'node:fs';
import path from 'node:path';
import { Dovecot, PASSWORD, dovecotIsHere } from './lib/dovecot.mjs';
import { Parvis, whyNoParvis } from './lib/parvis.mjs';
import { ROOT } from './lib/place.mjs';
import { Tally, skip } from './lib/tally.mjs';
import { Wire } from './lib/wire.mjs';

const FOLDER = path.join(ROOT, 'test/transcript');
const SECURE = new Set(['submissions', 'imaps', 'https']);
const LISTENER = { http: 'web' };

export function readTranscript(text) {
  const lines = text.split('\n');
  const head = {};
  let at = 0;
  for (; at < lines.length && lines[at] !== ''; at++) {
    const match = /^([a-z]+): (.*)$/.exec(lines[at]);
    if (!match) throw new Error(`line ${at + 1}: not a head line`);
    head[match[1]] = match[2];
  }
  if (!head.rule) throw new Error('no rule: in the head');
  const steps = [];
  for (; at < lines.length; at++) {
    const line = lines[at];
    if (line === '' || line.startsWith('#')) continue;
    const match = /^(C:|C-|S:|S~|S!|TLS|END|WAIT|NEW)(?: (.*))?$/.exec(line);
    if (!match) throw new Error(`line ${at + 1}: what is "${line}"?`);
    steps.push({ kind: match[1], text: match[2] ?? '', line: at + 1 });
  }
  if (!steps.some((step) => /^(S|END)/.test(step.kind))) throw new Error('nothing is expected: it could not fail');
  return { head, steps };
}

function withVariables(text, values) {
  return text.replace(/\$([a-z]+)/g, (whole, name) => values.get(name) ?? whole);
}

// What a C line sends.
export function bytesOf(text, values) {
  const grown = withVariables(text, values).replace(/\{\{(\d+)\*(.*?)\}\}/g, (_, count, part) => part.repeat(Number(count)));
  const parts = grown.split(/(\\x[0-9a-f]{2}|\\[rn0\\])/i).map((part) => {
    if (/^\\x/i.test(part)) return Buffer.from([parseInt(part.slice(2), 16)]);
    const plain = { '\\r': '\r', '\\n': '\n', '\\0': '\0', '\\\\': '\\' }[part] ?? part;
    return Buffer.from(plain, 'utf8');
  });
  return Buffer.concat(parts);
}

// Does a line match a pattern? New variables are set when it does.
export function lineMatches(pattern, line, values) {
  const names = [];
  const source = pattern.split(/(\*|\$[a-z]+)/).map((part) => {
    if (part === '*') return '.*';
    if (/^\$[a-z]+$/.test(part)) {
      const known = values.get(part.slice(1));
      if (known !== undefined) return escape(known);
      names.push(part.slice(1));
      return '([^ \\])>\r\n]+)';
    }
    return escape(part);
  });
  const match = new RegExp(`^${source.join('')}$`, 'is').exec(line);
  if (match) names.forEach((name, i) => values.set(name, match[i + 1]));
  return match !== null;
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

class Player {
  constructor(server, kind) {
    this.server = server;
    this.listener = LISTENER[kind] ?? kind;
    this.values = new Map(Object.entries(server.values));
    this.banned = [];
    this.wires = [];
  }

  async open(listener) {
    const port = this.server.ports[listener];
    if (!port) skip(`the server has no listener ${listener}`);
    this.wire = await Wire.open(port, { secure: SECURE.has(listener) });
    this.wire.ms = 8000;
    this.wires.push(this.wire);
  }

  async line(step) {
    const bytes = await this.wire.line();
    if (bytes === null) throw new Error(`line ${step.line}: the connection ended; expected ${step.text}`);
    const line = bytes.toString('utf8');
    for (const pattern of this.banned) {
      if (lineMatches(pattern, line, new Map(this.values))) throw new Error(`line ${step.line}: must not come: ${line}`);
    }
    return line;
  }

  async step(step) {
    switch (step.kind) {
      case 'C:':
      case 'C-':
        this.wire.send(bytesOf(step.kind === 'C:' ? `${step.text}\\r\\n` : step.text, this.values));
        return;
      case 'S:': {
        const line = await this.line(step);
        if (!lineMatches(step.text, line, this.values)) throw new Error(`line ${step.line}: expected ${step.text}, got ${line.slice(0, 500)}`);
        this.banned = [];
        return;
      }
      case 'S~': {
        const passed = [];
        for (;;) {
          let line;
          try {
            line = await this.line(step);
          } catch (error) {
            throw new Error(`${error.message}\npassed over: ${passed.slice(-6).join(' / ').slice(0, 800)}`);
          }
          if (lineMatches(step.text, line, this.values)) break;
          passed.push(line);
        }
        this.banned = [];
        return;
      }
      case 'S!':
        this.banned.push(step.text);
        return;
      case 'TLS':
        await this.wire.startTls();
        if (this.wire.early.length) throw new Error(`line ${step.line}: bytes before TLS: ${this.wire.early}`);
        return;
      case 'END':
        // What still comes before the end may be a last word; it must end.
        if (!(await this.wire.closed(8000))) throw new Error(`line ${step.line}: the connection stays open`);
        return;
      case 'WAIT':
        await new Promise((done) => setTimeout(done, Number(step.text)));
        return;
      case 'NEW':
        await this.open(step.text || this.listener);
    }
  }

  async play(steps) {
    try {
      await this.open(this.listener);
      for (const step of steps) await this.step(step);
    } finally {
      for (const wire of this.wires) wire.close();
    }
  }
}

function valuesOf(user, password, other, otherpassword, town) {
  return {
    user, password, other, otherpassword,
    plain: Buffer.from(`\0${user}\0${password}`).toString('base64'),
    wrong: Buffer.from(`\0${user}\0not-the-password`).toString('base64'),
    nobody: `nobody-here@${user.split('@')[1]}`,
    domain: user.split('@')[1],
    town: `${town}.localhost`,
    big: '9223372036854775808',
  };
}

async function startServer(peer) {
  if (peer) {
    const accounts = ['accueil@beauval.example', 'accueil@clairmont.example'];
    const dovecot = await Dovecot.start({ accounts, secure: true });
    return { ports: dovecot.ports, values: valuesOf(accounts[0], PASSWORD, accounts[1], PASSWORD, 'beauval'), stop: () => dovecot.stop() };
  }
  const parvis = await Parvis.start();
  const [user, other] = ['accueil@beauval.example', 'accueil@clairmont.example'];
  return {
    ports: parvis.ports,
    values: valuesOf(user, parvis.password(user), other, parvis.password(other), 'beauval'),
    stop: () => parvis.stop(),
  };
}

// The player itself: its patterns hold and, as important, fail where they must.
async function proveThePlayer() {
  const values = new Map([['user', 'a@b.example']]);
  const expect = (fact, what) => {
    if (!fact) throw new Error(what);
  };
  expect(lineMatches('250*ok', '250 2.0.0 OK', values), 'a star is any run, case does not count');
  expect(!lineMatches('250 ok', '250 okay', values), 'a pattern is the whole line');
  expect(!lineMatches('* $user', 'for c@d.example', values), 'a known variable compares');
  expect(lineMatches('uid $uid', 'uid 17', values) && values.get('uid') === '17', 'a new variable takes the word');
  expect(bytesOf('a\\r\\nb\\0\\xff{{3*xy}}', values).equals(Buffer.from([97, 13, 10, 98, 0, 255, 120, 121, 120, 121, 120, 121])), 'escapes');
  let refused = false;
  try {
    readTranscript('rule: x\n\nC: hello\n');
  } catch {
    refused = true;
  }
  expect(refused, 'a transcript that expects nothing is refused');
}

async function playAll(tally, peer, files) {
  const server = await startServer(peer);
  for (const file of files) {
    const name = path.relative(FOLDER, file);
    await tally.test(name, () => {
      const { head, steps } = readTranscript(fs.readFileSync(file, 'utf8'));
      if (peer && head.peer) skip(`not for the peer: ${head.peer}`);
      const kind = path.dirname(name);
      if (!server.ports[kind === 'http' ? 'web' : kind]) skip(`parvis serves no ${kind} yet`);
      return new Player(server, path.dirname(name)).play(steps);
    });
  }
  await tally.test('the server ends cleanly', () => server.stop());
}

async function main(words) {
  const tally = new Tally();
  const peer = words[0] === '--peer' ? words.splice(0, 2)[1] : null;
  const files = fs
    .readdirSync(FOLDER, { recursive: true })
    .filter((name) => name.endsWith('.txt') && (!words.length || words.some((word) => name.includes(word))))
    .map((name) => path.join(FOLDER, name))
    .sort();
  if (peer) await playAll(tally, peer, files);
  else {
    await tally.test('the transcript player', proveThePlayer);
    for (const file of files) await tally.test(`${path.relative(FOLDER, file)} reads`, () => void readTranscript(fs.readFileSync(file, 'utf8')));
    const reason = await whyNoParvis();
    if (reason) tally.skip(`${files.length} transcripts on parvis`, reason);
    else await playAll(tally, null, files);
    if (dovecotIsHere()) await tally.test('the player on Dovecot', proveOnPeer(files), { ms: 60000 });
  }
  tally.end();
}

// The IMAP and LMTP transcripts that no vendor's choice touches pass on Dovecot too: they judge the protocol.
function proveOnPeer(files) {
  return async () => {
    const server = await startServer('dovecot');
    const bad = [];
    let good = 0;
    for (const file of files) {
      const kind = path.dirname(path.relative(FOLDER, file));
      const { head, steps } = readTranscript(fs.readFileSync(file, 'utf8'));
      if (head.peer || !['imap', 'lmtp'].includes(kind)) continue;
      try {
        await new Player(server, kind).play(steps);
        good++;
      } catch (error) {
        bad.push(`${path.basename(file)}: ${error.message}`);
      }
    }
    await server.stop();
    if (bad.length || !good) throw new Error(`${good} pass on Dovecot; these do not:\n${bad.join('\n')}`);
    console.log(`${good} transcripts pass on Dovecot too`);
  };
}

if (process.argv[1] === path.join(ROOT, 'test/play.mjs')) await main(process.argv.slice(2));
