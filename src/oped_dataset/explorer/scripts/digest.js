// SHA-256 of a text, at once. The browser's own is asynchronous, which is too slow for thousands of short candidates,
// and is missing where a page is not a secure context.
const sha256 = (() => {
  const fraction = (value) => ((value - Math.floor(value)) * 2 ** 32) | 0;
  const primes = [];
  for (let candidate = 2; primes.length < 64; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  const constants = primes.map((prime) => fraction(Math.cbrt(prime)));
  const initial = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const words = new Int32Array(64);

  const padded = (bytes) => {
    const whole = new Uint8Array(((bytes.length + 72) >> 6) << 6);
    whole.set(bytes);
    whole[bytes.length] = 0x80;
    const view = new DataView(whole.buffer);
    view.setUint32(whole.length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(whole.length - 4, bytes.length << 3);
    return view;
  };

  const expand = (view, offset) => {
    for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(offset + i * 4);
    for (let i = 16; i < 64; i += 1) {
      const a = words[i - 15];
      const b = words[i - 2];
      const small = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
      const large = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      words[i] = words[i - 16] + small + words[i - 7] + large;
    }
  };

  const compress = (state) => {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + words[i];
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g; g = f; f = e; e = (d + one) | 0;
      d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = (state[i] + word) | 0; });
  };

  const encoder = new TextEncoder();
  return (text) => {
    const view = padded(encoder.encode(text));
    const state = initial.slice();
    for (let offset = 0; offset < view.byteLength; offset += 64) {
      expand(view, offset);
      compress(state);
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  };
})();
