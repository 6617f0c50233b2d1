// A program started by a test: its output kept, its end by process id and never by name.
import { spawn } from 'node:child_process';

const running = new Set();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export class Child {
  constructor(file, args, options = {}) {
    this.name = file;
    this.output = '';
    this.process = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    running.add(this.process);
    this.ended = new Promise((done) => {
      this.process.on('close', (code, signal) => {
        running.delete(this.process);
        this.code = signal ?? code;
        done(this.code);
      });
      // A child of the child may keep the pipes: the program's own end is its end, its last words get a moment.
      this.process.on('exit', (code, signal) => {
        setTimeout(() => {
          running.delete(this.process);
          this.code ??= signal ?? code;
          done(this.code);
        }, 1000).unref();
      });
      this.process.on('error', (error) => {
        running.delete(this.process);
        this.output += `${error.message}\n`;
        this.code = 'error';
        done('error');
      });
    });
    const keep = (bytes) => {
      if (this.output.length < 4 << 20) this.output += bytes.toString('utf8');
      this.heard?.();
    };
    this.process.stdout?.on('data', keep);
    this.process.stderr?.on('data', keep);
    this.process.stdin?.on('error', () => {});
  }

  get pid() {
    return this.process.pid;
  }

  // Resolves when the output has a line that is exactly `line`.
  async says(line, ms) {
    const end = Date.now() + ms;
    while (!this.output.split('\n').includes(line)) {
      if (this.code !== undefined) throw new Error(`${this.name} ended (${this.code}): ${this.output.slice(-2000)}`);
      const left = end - Date.now();
      if (left <= 0) throw new Error(`${this.name} did not say "${line}" in ${ms} ms: ${this.output.slice(-2000)}`);
      await new Promise((done) => {
        const timer = setTimeout(done, Math.min(left, 200));
        this.heard = () => {
          clearTimeout(timer);
          done();
        };
        this.ended.then(this.heard);
      });
    }
  }

  async stop(signal = 'SIGTERM', ms = 10000) {
    if (this.code !== undefined) return this.code;
    this.process.kill(signal);
    let timer;
    const late = new Promise((done) => {
      timer = setTimeout(() => done('late'), ms);
    });
    const end = await Promise.race([this.ended, late]);
    clearTimeout(timer);
    if (end === 'late') {
      this.process.kill('SIGKILL');
      await this.ended;
      return 'late';
    }
    return end;
  }
}

// Runs to the end: {code, output}. `input` goes to its standard input.
export async function runToEnd(file, args, { input = '', ms = 60000, ...options } = {}) {
  const child = new Child(file, args, options);
  child.process.stdin.end(input);
  const timer = setTimeout(() => child.process.kill('SIGKILL'), ms);
  const code = await child.ended;
  clearTimeout(timer);
  return { code, output: child.output };
}
