// What a server's processes use, all of them: the one started and everything below it (proc(5)).
import fs from 'node:fs';

function readStat(pid) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // Fields 4 (ppid) and 14-17 (utime stime cutime cstime), counted from the state, field 3.
    return { parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, n) => sum + Number(n), 0) };
  } catch {
    return null;
  }
}

export function family(root) {
  const parents = new Map();
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(name);
    if (stat) parents.set(Number(name), stat.parent);
  }
  const inside = new Set([root]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid, parent] of parents) {
      if (inside.has(parent) && !inside.has(pid)) {
        inside.add(pid);
        grew = true;
      }
    }
  }
  return [...inside];
}

// KiB of proportional set size, all processes together.
export function memoryOf(root) {
  let sum = 0;
  for (const pid of family(root)) {
    try {
      sum += Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It ended in between: it holds nothing any more.
    }
  }
  return sum;
}

// CPU seconds spent so far, with those of children that have ended.
export function cpuOf(root) {
  return family(root).reduce((sum, pid) => sum + (readStat(pid)?.ticks ?? 0), 0) / 100;
}
