// The script format of Dovecot's imaptest (its docs/scripted_test.md), read into groups of commands with what each must
// give: {name, headers, groups: [{connection, commands: [{line, parts, tag, reply}], untagged: [{pattern, rule}]}]}.
import fs from 'node:fs';
import path from 'node:path';
import { readArguments, readPattern } from './imap_args.mjs';

const RULES = { '* ': 'must', '! ': 'never', '? ': 'may' };

// Lines with {{{ ... }}} joined: {number, text, parts}; a part is text or {bytes, isBinary}.
function* logicalLines(bytes) {
  const lines = bytes.toString('latin1').split('\n');
  let number = 0;
  let whole = null;
  let body = null;
  for (const raw of lines) {
    number++;
    let rest = raw.replace(/\r$/, '');
    if (body) {
      if (!rest.startsWith('}}}')) {
        // Text literals are laid in CRLF; a binary one keeps each line as it is. The last line end is the mark's own.
        body.lines.push(body.isBinary ? `${raw}\n` : `${rest}\r\n`);
        continue;
      }
      whole.parts.push({ bytes: body.lines.join('').replace(body.isBinary ? /\n$/ : /\r\n$/, ''), isBinary: body.isBinary });
      body = null;
      rest = rest.slice(3);
    } else {
      if (rest === '') {
        yield { number, text: '', parts: [''] };
        continue;
      }
      if (rest.startsWith('#')) continue;
      whole = { number, parts: [] };
    }
    const opens = /^(.*?)(~?)\{\{\{$/.exec(rest);
    if (opens) {
      whole.parts.push(opens[1]);
      body = { lines: [], isBinary: opens[2] === '~' };
      continue;
    }
    whole.parts.push(rest);
    whole.text = whole.parts.map((part) => (typeof part === 'string' ? part : `{${part.bytes.length}}\r\n${part.bytes}`)).join('');
    yield whole;
  }
}

function readHeader(headers, text) {
  const at = text.indexOf(':');
  if (at < 0) throw new Error(`header without colon: ${text}`);
  headers[text.slice(0, at).trim().toLowerCase()] = text.slice(at + 1).trim();
}

// "[tagN] ok|no|bad|"" [rest]" at the beginning of a line: {tag, reply, rest}; reply null when there is none.
function readReply(text) {
  const tagged = /^(tag\d+) (.*)$/is.exec(text);
  const tag = tagged ? tagged[1].toLowerCase() : '';
  const rest = tagged ? tagged[2] : text;
  const word = /^(ok|no|bad|"")(?: |$)/i.exec(rest);
  return word ? { tag, reply: word[1], rest: rest.slice(word[0].length) } : { tag, reply: null, rest };
}

class Reader {
  groups = [];
  headers = {};
  group = null;

  pending() {
    return this.group?.commands.some((command) => command.reply === null) ?? false;
  }

  untagged(line) {
    const rule = RULES[line.text.slice(0, 2)];
    const pattern = readPattern(line.text.slice(2));
    if (rule === 'must' && /^bye$/i.test(pattern[0]?.text ?? '')) this.group.ends = true;
    this.group.untagged.push({ pattern, rule, text: line.text, line: line.number });
  }

  // The connection's number, taken off the line where the script has several.
  connection(line) {
    if (this.many < 2) return { connection: 0, parts: line.parts };
    const match = /^(\d+) ?/.exec(line.parts[0]);
    if (!match) throw new Error(`line ${line.number}: no connection number`);
    return { connection: Number(match[1]) - 1, parts: [line.parts[0].slice(match[0].length), ...line.parts.slice(1)] };
  }

  command(line) {
    const { connection, parts } = this.connection(line);
    const read = readReply(parts[0]);
    if (this.pending()) {
      if (read.reply !== null) {
        const command = this.group.commands.find((one) => one.tag === read.tag);
        if (!command || command.reply) throw new Error(`line ${line.number}: reply to no command`);
        command.reply = readArguments(`${read.reply} ${read.rest}`.trim());
        return;
      }
    } else {
      this.group = { connection, commands: [], untagged: [], ends: false };
      this.groups.push(this.group);
    }
    const reply = read.reply === null ? null : readArguments(read.reply);
    this.group.commands.push({ line: line.number, tag: read.tag, reply, parts: [read.rest, ...parts.slice(1)] });
  }

  read(bytes) {
    let inHeader = true;
    for (const line of logicalLines(bytes)) {
      if (line.text === '') {
        inHeader = false;
        this.many = Number(this.headers.connections ?? 1);
      } else if (inHeader) readHeader(this.headers, line.text);
      else if (/^!(ifenv|ifnenv|else|endif|sleep|output)/.test(line.text)) throw new Error(`line ${line.number}: ${line.text} is not used here`);
      else if (this.group && RULES[line.text.slice(0, 2)]) this.untagged(line);
      else this.command(line);
    }
    if (this.pending()) throw new Error('a command without its reply');
  }
}

export function readScript(file) {
  const reader = new Reader();
  reader.read(fs.readFileSync(file));
  return { name: path.basename(file), headers: reader.headers, groups: reader.groups };
}

const FROM = /^From \S*\s+\w{3} (\w{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})(?: ([+-]\d{4}))?\s*$/;

// The messages of an mbox: {bytes (CRLF), date (an IMAP date-time)}; a From line without a zone is UTC.
export function readMbox(file) {
  const messages = [];
  const lines = fs.readFileSync(file).toString('latin1').split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) {
    const from = FROM.exec(line);
    if (from) messages.push({ date: `${from[2].padStart(2, ' ')}-${from[1]}-${from[4]} ${from[3]} ${from[5] ?? '+0000'}`, lines: [] });
    else if (!messages.length) throw new Error(`${file} is not an mbox`);
    else messages.at(-1).lines.push(line.replace(/\r$/, ''));
  }
  return messages.map(({ date, lines: own }) => ({ date, bytes: own.map((line) => `${line}\r\n`).join('') }));
}
