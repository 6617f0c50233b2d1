// IMAP arguments as a script and a server write them, and how a script's pattern matches a server's reply.
// Text is kept as one character per byte (latin1), so that literals stay exact.
//
// A node is {kind: 'nil' | 'atom' | 'string' | 'list', text, items}. An atom ends only at a space or a parenthesis: both
// sides are cut the same way, so `body[header.fields (date)]` needs no grammar of its own.

const WORD = /[A-Za-z0-9_]/;

// Reads a whole reply or pattern, literals ({n} CRLF bytes) inside. Throws on an unbalanced list.
export function readArguments(line) {
  let at = 0;

  function quoted() {
    let text = '';
    at++;
    while (at < line.length && line[at] !== '"') {
      if (line[at] === '\\' && at + 1 < line.length) at++;
      text += line[at++];
    }
    if (line[at] !== '"') throw new Error('quoted string without end');
    at++;
    return { kind: 'string', text };
  }

  function literal(match) {
    const size = Number(match[1]);
    at += match[0].length;
    const text = line.slice(at, at + size);
    if (text.length !== size) throw new Error('literal without all its bytes');
    at += size;
    return { kind: 'string', text };
  }

  function atom() {
    const start = at;
    while (at < line.length && !' ()\r\n'.includes(line[at])) at++;
    const text = line.slice(start, at);
    return /^nil$/i.test(text) ? { kind: 'nil', text } : { kind: 'atom', text };
  }

  function list(depth) {
    const items = [];
    for (;;) {
      while (line[at] === ' ') at++;
      if (at >= line.length) {
        if (depth) throw new Error('list without end');
        return items;
      }
      if (line[at] === ')') {
        if (!depth) throw new Error('parenthesis without beginning');
        at++;
        return items;
      }
      const size = /^~?\{(\d+)\+?\}\r\n/.exec(line.slice(at, at + 32));
      if (line[at] === '(') {
        at++;
        items.push({ kind: 'list', items: list(depth + 1) });
      } else if (line[at] === '"') items.push(quoted());
      else if (size) items.push(literal(size));
      else if (line[at] === '\r' || line[at] === '\n') at++;
      else items.push(atom());
    }
  }

  return list(0);
}

export function show(nodes) {
  return nodes
    .map((node) => {
      if (node.kind === 'list') return `(${show(node.items)})`;
      return node.kind === 'string' ? JSON.stringify(node.text) : node.text;
    })
    .join(' ');
}

// ---- directives: $!unordered and the others, with the format's defaults ----

const ORDERED = { unordered: false, chain: 1, extra: false, ignore: [], ban: [] };

function readDirective(rules, word) {
  const [name, value] = word.slice(2).split('=');
  if (name === 'unordered') {
    rules.unordered = true;
    rules.extra ??= true;
    if (value) rules.chain = Number(value);
  } else if (name === 'ordered') rules.unordered = false;
  else if (name === 'extra') rules.extra = true;
  else if (name === 'noextra') rules.extra = false;
  else if (name === 'ignore') rules.ignore.push(value.toLowerCase());
  else if (name === 'ban') rules.ban.push(value.toLowerCase());
  else throw new Error(`unknown directive ${word}`);
}

function readDirectives(items) {
  const rules = { unordered: false, chain: 1, extra: null, ignore: [], ban: [] };
  let count = 0;
  while (items[count]?.kind === 'atom' && items[count].text.startsWith('$!')) readDirective(rules, items[count++].text);
  rules.extra ??= false;
  return count ? { rules, rest: items.slice(count) } : null;
}

// The defaults that the format lays on a list without directives, by where the list stands.
function defaultRules(reply, depth, position, before) {
  if ((reply === 'list' || reply === 'lsub') && depth === 1 && position === 1) {
    return { ...ORDERED, unordered: true, extra: true };
  }
  if ((reply === 'status' || reply === 'fetch') && depth === 1 && position === 2) {
    return { ...ORDERED, unordered: true, chain: 2, extra: true };
  }
  if (reply === 'fetch' && depth === 2 && before === 'flags') {
    return { ...ORDERED, unordered: true, ignore: ['\\recent', '$hasattachment', '$hasnoattachment'] };
  }
  return ORDERED;
}

function prepareList(reply, depth, items) {
  items.forEach((node, position) => {
    if (node.kind !== 'list') return;
    const before = items[position - 1]?.kind === 'atom' ? items[position - 1].text.toLowerCase() : null;
    const given = readDirectives(node.items);
    if (given) Object.assign(node, { rules: given.rules, items: given.rest });
    else node.rules = defaultRules(reply, depth, position, before);
    prepareList(reply, depth + 1, node.items);
  });
}

// A pattern line of a script: its nodes with the rules of each list.
export function readPattern(line) {
  const items = readArguments(line);
  const first = items[0]?.text ?? '';
  const name = /^[$0-9]/.test(first) ? items[1]?.text : first;
  prepareList((name ?? '').toLowerCase(), 1, items);
  return items;
}

// ---- variables ----

export class Variables {
  values = new Map();
  fresh = [];
  sequences = []; // number at the group's beginning - 1 -> number now, 0 when expunged

  sequence(text) {
    const now = this.sequences[Number(text) - 1];
    if (now === undefined) return '<out of range>';
    return now === 0 ? '<expunged>' : String(now);
  }

  // One reference at text[at] (just after '$'): {name, next}.
  static reference(text, at) {
    if (text[at] === '{') {
      const end = text.indexOf('}', at);
      if (end < 0) throw new Error(`missing } in ${text}`);
      return { name: text.slice(at + 1, end), next: end + 1 };
    }
    let next = at;
    while (next < text.length && WORD.test(text[next])) next++;
    return { name: text.slice(at, next), next };
  }

  // Every variable of a command; one without a value is the script's mistake.
  expand(text) {
    let out = '';
    for (let at = 0; at < text.length; ) {
      if (text[at] !== '$' || at + 1 === text.length) out += text[at++];
      else if (text[at + 1] === '$') {
        out += '$';
        at += 2;
      } else {
        const { name, next } = Variables.reference(text, at + 1);
        const value = /^\d+$/.test(name) ? this.sequence(name) : this.values.get(name);
        if (value === undefined) throw new Error(`variable without value: $${name}`);
        out += value;
        at = next;
      }
    }
    return out;
  }

  // A pattern's text with its variables, the unknown ones taken from what the server wrote. null: cannot match.
  fit(pattern, input) {
    let out = '';
    for (let at = 0; at < pattern.length; ) {
      if (pattern[at] !== '$' || pattern[at + 1] === '$') {
        if (pattern[at] === '$') at++;
        if (pattern[at].toLowerCase() !== (input[out.length] ?? '').toLowerCase()) return null;
        out += pattern[at++];
        continue;
      }
      const { name, next } = Variables.reference(pattern, at + 1);
      at = next;
      let value;
      if (/^\d+$/.test(name)) value = this.sequence(name);
      else if (name.startsWith('case:')) value = name.slice(5);
      else value = this.values.get(name) ?? this.take(name, pattern, at, input.slice(out.length));
      if (value === null || input.slice(out.length, out.length + value.length) !== value) return null;
      out += value;
    }
    return out;
  }

  // The value of an unknown variable: what stands before the pattern's next character.
  take(name, pattern, at, rest) {
    let until = pattern.slice(at);
    if (until.startsWith('$') && !until.startsWith('$$')) {
      const known = Variables.reference(until, 1);
      until = this.values.get(known.name) ?? '';
    }
    const end = until ? rest.toLowerCase().indexOf(until[0].toLowerCase()) : rest.length;
    const value = rest.slice(0, end < 0 ? rest.length : end);
    if (name === '') return value;
    const rank = /^modseq(\d+)$/.exec(name);
    if (rank && !this.modseqIsHighEnough(Number(rank[1]), value)) return null;
    this.values.set(name, value);
    if (!rank) this.fresh.push(name);
    return value;
  }

  // $modseqN grows at least as the indexes do.
  modseqIsHighEnough(rank, value) {
    this.rank ??= 0;
    this.top ??= 0n;
    if (!/^\d+$/.test(value) || rank < this.rank) return false;
    if (BigInt(value) < this.top + BigInt(rank - this.rank)) return false;
    this.rank = rank;
    this.top = BigInt(value);
    return true;
  }

  begin() {
    this.fresh = [];
  }

  takeBack() {
    for (const name of this.fresh) this.values.delete(name);
    this.fresh = [];
  }
}

// ---- matching ----

function isText(node) {
  return node?.kind === 'atom' || node?.kind === 'string';
}

function textMatches(variables, pattern, node, isPrefix) {
  if (!isText(node)) return false;
  const fitted = variables.fit(pattern.text, node.text);
  if (fitted === null) return false;
  // The format's own player compares to the first NUL, and append-binary is written for that: what follows the last
  // line of such a pattern is left open.
  const open = isPrefix || fitted.includes('\0');
  const text = open ? node.text.slice(0, fitted.length) : node.text;
  if (/\$\{case:/.test(pattern.text)) return text === fitted;
  return text.toLowerCase() === fitted.toLowerCase();
}

function unorderedMatches(variables, pattern, nodes) {
  const { chain, extra, ignore, ban } = pattern.rules;
  if (nodes.length % chain !== 0) return false;
  const used = new Set();
  for (let i = 0; i < pattern.items.length; i += chain) {
    const wanted = pattern.items.slice(i, i + chain);
    let found = -1;
    for (let j = 0; j < nodes.length && found < 0; j += chain) {
      if (matches(variables, wanted, nodes.slice(j, j + chain))) found = j;
    }
    if (found < 0) return false;
    used.add(found);
  }
  for (let j = 0; j < nodes.length; j += chain) {
    if (used.has(j) || !isText(nodes[j])) continue;
    const word = nodes[j].text.toLowerCase();
    if (ban.includes(word)) return false;
    if (!extra && !ignore.includes(word)) return false;
  }
  return true;
}

// Do the server's nodes match the pattern? With `isPrefix` the last text may go on, and more may follow.
export function matches(variables, pattern, nodes, isPrefix = false) {
  let at = 0;
  for (let i = 0; i < pattern.length; i++, at++) {
    const wanted = pattern[i];
    const got = nodes[at];
    if (wanted.kind === 'nil') {
      if (got?.kind !== 'nil') return false;
    } else if (wanted.kind === 'list') {
      if (got?.kind !== 'list') return false;
      const fits = wanted.rules?.unordered
        ? unorderedMatches(variables, wanted, got.items)
        : matches(variables, wanted.items, got.items);
      if (!fits) return false;
    } else if (wanted.text === '$' && got?.kind === 'list') {
      continue;
    } else if (wanted.text === '$]') {
      while (nodes[at]?.kind === 'atom' && !nodes[at].text.includes(']')) at++;
    } else if (!textMatches(variables, wanted, got, isPrefix && i === pattern.length - 1)) return false;
  }
  return isPrefix || at >= nodes.length;
}
