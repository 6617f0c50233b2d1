// A count of tests with the closing line that `check` reads. One program makes one tally, runs its tests in order and
// ends with its exit code. A test fails by throwing; a skip needs a reason that a user would accept.

export class Skip extends Error {}

export function skip(reason) {
  throw new Skip(reason);
}

function within(promise, ms, name) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name}: no end within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  only = process.env.ONLY ? new RegExp(process.env.ONLY) : null;

  async test(name, body, { ms = 30000 } = {}) {
    if (this.only && !this.only.test(name)) return;
    const start = performance.now();
    try {
      await within(Promise.resolve().then(body), ms, name);
      this.passed++;
      if (process.env.VERBOSE) console.log(`ok ${name} (${Math.round(performance.now() - start)} ms)`);
    } catch (error) {
      if (error instanceof Skip) {
        this.skip(name, error.message);
        return;
      }
      this.fail(name, error);
    }
  }

  fail(name, error) {
    this.failed++;
    const text = process.env.VERBOSE ? error?.stack ?? error : error?.message ?? error;
    console.log(`FAILED ${name}\n  ${String(text).split('\n').join('\n  ')}`);
  }

  skip(name, reason) {
    this.skipped++;
    console.log(`SKIP ${reason}: ${name}`);
  }

  end() {
    console.log(`${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
    process.exit(this.failed ? 1 : 0); // a test that failed, or that ONLY left out, may have been the end of a server: child.mjs ends it now
  }
}

export function equal(actual, expected, what = 'value') {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  }
}

export function ok(fact, what) {
  if (!fact) throw new Error(what);
}

// Waits until `probe` gives something true; for what a server does in its own time.
export async function until(probe, what, ms = 5000) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
