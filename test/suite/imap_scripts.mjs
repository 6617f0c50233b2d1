// Plays the IMAP scripts of ../shared/suites/imap (imaptest's format) against a server, one test per script.
//   node suite/imap_scripts.mjs [--peer dovecot] [NAME...]
// Without --peer a private parvis is started; before it, the player itself is proved: on a private Dovecot no script may
// fail, and enough must pass, so that a failure on parvis is parvis's. A script that asks for a capability which the
// server does not announce is skipped with that reason. `--peer dovecot` counts the scripts on Dovecot one by one.
import fs from 'node:fs';
import path from 'node:path';
import { Dovecot, PASSWORD, dovecotIsHere } from '../lib/dovecot.mjs';
import { Parvis, whyNoParvis } from '../lib/parvis.mjs';
import { SHARED } from '../lib/place.mjs';
import { Skip, Tally, skip } from '../lib/tally.mjs';
import { Wire } from '../lib/wire.mjs';
import { Variables, matches, readArguments, show } from './imap_args.mjs';
import { readMbox, readScript } from './imap_script.mjs';

const MAILBOX = 'imaptest';
const SCRIPTS = path.join(SHARED, 'suites/imap/scripts');

// One signed-in (or not) connection: sends commands, reads whole replies with their literals, counts messages.
class Connection {
  static count = 0;

  static async open(server) {
    const it = new Connection();
    it.wire = await Wire.open(server.port);
    it.wire.ms = 10000;
    it.number = ++Connection.count;
    it.tags = 0;
    it.exists = 0;
    it.banner = await it.reply();
    return it;
  }

  // A reply with its literals, as latin1 text without the last CRLF; null at the end of the connection.
  async reply() {
    let text = '';
    for (;;) {
      const line = await this.wire.line();
      if (line === null) return null;
      text += line.toString('latin1');
      const literal = /\{(\d+)\}$/.exec(text);
      if (!literal) return text;
      text += `\r\n${(await this.wire.bytes(Number(literal[1]))).toString('latin1')}`;
    }
  }

  tag() {
    return `${this.number}.${++this.tags}`;
  }

  sendText(text) {
    this.wire.send(Buffer.from(text, 'latin1'));
  }

  // Sends a command whose literals wait for the server's "+"; what comes instead is handed to `hear`.
  async send(tag, parts, hear) {
    let text = `${tag} `;
    for (const part of parts) {
      if (typeof part === 'string') {
        text += part;
        continue;
      }
      this.sendText(`${text}${part.isBinary ? '~' : ''}{${part.bytes.length}}\r\n`);
      for (;;) {
        const reply = await this.reply();
        if (reply === null) return;
        if (reply.startsWith('+')) break;
        if (hear(reply)) return;
      }
      text = part.bytes;
    }
    this.sendText(`${text}\r\n`);
  }

  // Keeps the number of messages; called for every untagged reply.
  note(nodes) {
    const number = Number(nodes[0]?.text);
    const word = nodes[1]?.text?.toLowerCase();
    if (word === 'exists') this.exists = number;
    if (word === 'expunge') this.exists--;
  }

  // A command of the set-up: its untagged replies; throws unless it ends in OK (or NO where that is allowed).
  async run(parts, { mayFail = false } = {}) {
    const tag = this.tag();
    const lines = [];
    let end = null;
    const hear = (text) => {
      if (text.startsWith('* ')) {
        const nodes = readArguments(text.slice(2));
        this.note(nodes);
        lines.push(nodes);
      } else if (text.startsWith(`${tag} `)) end = text.slice(tag.length + 1);
      return end !== null;
    };
    await this.send(tag, parts, hear);
    while (end === null) {
      const text = await this.reply();
      if (text === null) throw new Error(`set-up: the connection ended after ${parts[0]}`);
      hear(text);
    }
    if (!/^ok/i.test(end) && !(mayFail && /^no/i.test(end))) throw new Error(`set-up: ${parts[0]}: ${end}`);
    return lines;
  }
}

function quote(text) {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

class Play {
  constructor(server, script) {
    this.server = server;
    this.script = script;
    this.variables = new Variables();
    this.connections = [];
    const own = path.join(SCRIPTS, `${script.name}.mbox`);
    this.messages = readMbox(fs.existsSync(own) ? own : path.join(SCRIPTS, 'default.mbox'));
    this.nextMessage = 0;
  }

  message() {
    return this.messages[this.nextMessage++ % this.messages.length];
  }

  user(index) {
    const other = this.script.headers[`user ${index + 1}`];
    if (!other) return this.server.users[0];
    if (!this.server.users[1]) skip('needs a second user');
    return this.server.users[1];
  }

  setVariables(count) {
    const values = this.variables.values;
    values.set('mailbox', MAILBOX);
    values.set('mailbox_url', MAILBOX);
    for (let i = 0; i < count; i++) {
      const user = this.user(i);
      const rank = i === 0 ? '' : String(i + 1);
      values.set(`user${rank}`, user.name);
      values.set(`username${rank}`, user.name.split('@')[0]);
      values.set(`domain${rank}`, user.name.split('@')[1] ?? '127.0.0.1');
      values.set(`password${rank}`, user.password);
    }
  }

  async needCapabilities(connection) {
    const needed = (this.script.headers.capabilities ?? '').split(' ').filter(Boolean);
    if (!needed.length) return;
    const lines = await connection.run(['CAPABILITY']);
    const announced = new Set(lines.flat().map((node) => node.text?.toUpperCase()));
    for (const name of needed) {
      if (!announced.has(name.toUpperCase())) skip(`the server does not announce ${name.toUpperCase()}`);
    }
  }

  async removeMailboxes(connection) {
    const listed = await connection.run([`LIST "" ${quote(`${MAILBOX}*`)}`]);
    const subscribed = await connection.run([`LSUB "" ${quote(`${MAILBOX}*`)}`]);
    const names = (lines, word) => lines.filter((nodes) => nodes[0].text?.toLowerCase() === word).map((nodes) => nodes[3].text);
    for (const name of names(listed, 'list').sort().reverse()) await connection.run([`DELETE ${quote(name)}`], { mayFail: true });
    for (const name of names(subscribed, 'lsub').sort().reverse()) await connection.run([`UNSUBSCRIBE ${quote(name)}`], { mayFail: true });
  }

  async append(connection) {
    const { bytes, date } = this.message();
    await connection.run([`APPEND ${quote(MAILBOX)} ${quote(date)} `, { bytes }]);
  }

  // nonauth < auth < created < appended < selected: each does what the ones before it do.
  async setUp() {
    const { headers } = this.script;
    const count = Number(headers.connections ?? 1);
    const state = (headers.state ?? 'selected').toLowerCase();
    this.setVariables(count);
    for (let i = 0; i < count; i++) this.connections.push(await Connection.open(this.server));
    const [first] = this.connections;
    if (state === 'nonauth') {
      await this.needCapabilities(first);
      return;
    }
    for (let i = 0; i < count; i++) {
      const user = this.user(i);
      await this.connections[i].run([`LOGIN ${quote(user.name)} ${quote(user.password)}`]);
    }
    await this.needCapabilities(first);
    await this.removeMailboxes(first);
    if (state === 'auth') return;
    await first.run([`CREATE ${quote(MAILBOX)}`]);
    if (state === 'created') return;
    const wanted = headers.messages ?? '0';
    const number = wanted === 'all' ? this.messages.length : Number(wanted);
    for (let i = 0; i < number; i++) await this.append(first);
    if (state === 'appended') return;
    for (const connection of this.connections) await connection.run([`SELECT ${quote(MAILBOX)}`]);
  }

  // The parts to send: variables filled in, and an APPEND without a message given the next one of the mbox.
  partsOf(command) {
    const parts = command.parts.map((part) =>
      typeof part === 'string' ? this.variables.expand(part) : { ...part, bytes: this.variables.expand(part.bytes) },
    );
    const line = parts[0];
    if (/^append$/i.test(line)) {
      const { bytes, date } = this.message();
      return [`APPEND ${quote(MAILBOX)} ${quote(date)} `, { bytes }];
    }
    if (/^append /i.test(line) && parts.length === 1 && !/ catenate /i.test(line)) {
      return [`${line} `, { bytes: this.message().bytes }];
    }
    return parts;
  }

  matchUntagged(group, found, nodes, tag) {
    const isStatus = /^(ok|no|bad|bye)$/i.test(nodes[0]?.text ?? '');
    for (const [i, expected] of group.untagged.entries()) {
      if (found.has(i)) continue;
      this.variables.begin();
      this.variables.values.set('tag', tag);
      const fits = matches(this.variables, expected.pattern, nodes, isStatus);
      this.variables.values.delete('tag');
      if (!fits) {
        this.variables.takeBack();
        continue;
      }
      if (expected.rule === 'never') throw new Error(`line ${expected.line}: must not come: ${show(nodes)}`);
      found.add(i);
    }
    if (nodes[1]?.text?.toLowerCase() === 'expunge') this.moveSequences(Number(nodes[0].text));
  }

  moveSequences(gone) {
    this.variables.sequences = this.variables.sequences.map((now) => (now === gone ? 0 : now > gone ? now - 1 : now));
  }

  async playGroup(group) {
    const connection = this.connections[group.connection];
    this.variables.sequences = Array.from({ length: connection.exists }, (_, i) => i + 1);
    const waiting = new Map();
    const found = new Set();
    const heard = [];
    let firstTag = null;

    const hear = (text) => {
      heard.push(text);
      if (text.startsWith('* ')) {
        const nodes = readArguments(text.slice(2));
        this.matchUntagged(group, found, nodes, firstTag);
        connection.note(nodes);
        return false;
      }
      const tag = text.split(' ', 1)[0];
      const command = waiting.get(tag);
      if (!command) throw new Error(`line ${group.commands[0].line}: unknown reply ${text}`);
      waiting.delete(tag);
      this.variables.values.set('tag', tag);
      if (!matches(this.variables, command.reply, readArguments(text.slice(tag.length + 1)), true)) {
        throw new Error(`line ${command.line}: ${command.parts[0]}: expected ${show(command.reply)}, got ${text}`);
      }
      return true;
    };

    for (const command of group.commands) {
      const parts = this.partsOf(command);
      if (/^(select|examine) /i.test(parts[0])) connection.exists = 0;
      const tag = connection.tag();
      firstTag ??= tag;
      waiting.set(tag, command);
      await connection.send(tag, parts, hear);
    }
    while (waiting.size) {
      const text = await connection.reply();
      if (text === null) {
        if (group.ends) break;
        throw new Error(`line ${group.commands[0].line}: the connection ended; heard:\n${heard.slice(-5).join('\n')}`);
      }
      hear(text);
    }
    group.untagged.forEach((expected, i) => {
      if (expected.rule === 'must' && !found.has(i)) {
        throw new Error(`line ${expected.line}: did not come: ${expected.text}\nheard:\n${heard.slice(-12).join('\n')}`);
      }
    });
  }

  async run() {
    try {
      await this.setUp();
      for (const group of this.script.groups) await this.playGroup(group);
    } finally {
      for (const connection of this.connections) connection.wire.close();
    }
  }
}

async function startServer(peer) {
  if (peer === 'dovecot') {
    const dovecot = await Dovecot.start({ accounts: ['test@localhost', 'test2@localhost'] });
    const users = ['test@localhost', 'test2@localhost'].map((name) => ({ name, password: PASSWORD }));
    return { port: dovecot.ports.imap, users, stop: () => dovecot.stop() };
  }
  const parvis = await Parvis.start();
  const users = ['accueil@beauval.example', 'etat-civil@beauval.example'].map((name) => ({ name, password: parvis.password(name) }));
  return { port: parvis.ports.imap, users, stop: () => parvis.stop() };
}

function namesOfScripts(chosen) {
  const names = fs.readdirSync(SCRIPTS).filter((name) => !name.endsWith('.mbox') && name !== 'broken');
  return names.sort().filter((name) => !chosen.length || chosen.includes(name));
}

function playScript(server, name) {
  return new Play(server, readScript(path.join(SCRIPTS, name))).run();
}

async function proveThePlayer() {
  const server = await startServer('dovecot');
  const bad = [];
  let good = 0;
  for (const name of namesOfScripts([])) {
    try {
      await playScript(server, name);
      good++;
    } catch (error) {
      if (!(error instanceof Skip)) bad.push(`${name}: ${error.message}`);
    }
  }
  await server.stop();
  if (bad.length || good < 60) throw new Error(`${good} scripts pass on Dovecot; these fail:\n${bad.join('\n')}`);
  console.log(`the player is proved: ${good} scripts pass on Dovecot, none fails`);
}

async function playAll(tally, peer, chosen) {
  const server = await startServer(peer);
  for (const name of namesOfScripts(chosen)) await tally.test(`IMAP script ${name}`, () => playScript(server, name));
  await tally.test('the server ends cleanly', () => server.stop());
}

async function main(words) {
  const tally = new Tally();
  const peer = words[0] === '--peer' ? words.splice(0, 2)[1] : null;
  if (!fs.existsSync(SCRIPTS)) tally.skip('IMAP scripts', '../shared/suites is not beside the checkout');
  else if (peer) await playAll(tally, peer, words);
  else {
    await tally.test('the player of IMAP scripts, on Dovecot', () => {
      if (!dovecotIsHere()) throw new Error('Dovecot is not installed');
      return proveThePlayer();
    }, { ms: 120000 });
    const reason = await whyNoParvis(['imap']);
    if (reason) tally.skip('IMAP scripts on parvis', reason);
    else await playAll(tally, null, words);
  }
  tally.end();
}

await main(process.argv.slice(2));
