// exp by a polynomial of our own: the C library's differs between machines. Included once per instruction set.
//
// Reference: Moshier (1992), Cephes mathematical library, expf.c: x = n ln 2 + r, exp(r) by a polynomial of
// degree 5, the result scaled by 2^n through the exponent's bits.

INLINE vec NAMED(exponential)(vec x) {
  x = __builtin_elementwise_max(x, splat(-87.3f));
  x = __builtin_elementwise_min(x, splat(88.3f));
  const vec n = __builtin_elementwise_floor(x * 1.44269504088896341f + 0.5f);
  vec r = x - n * 0.693359375f;
  r = r - n * -2.12194440e-4f;
  vec sum = r * 1.9875691500e-4f + 1.3981999507e-3f;
  sum = sum * r + 8.3334519073e-3f;
  sum = sum * r + 4.1665795894e-2f;
  sum = sum * r + 1.6666665459e-1f;
  sum = sum * r + 5.0000001201e-1f;
  sum = sum * (r * r) + r + 1;
  const NAMED(ints) exponent = (__builtin_convertvector(n, NAMED(ints)) + 127) << 23;
  return sum * (vec)exponent;
}

static void NAMED(exponentials)(const float *input, float shift, int count, float *output) {
  for (int i = 0; i < count; i += LANES) {
    float block[LANES] = {0};
    const int filled = count - i < LANES ? count - i : LANES;
    for (int lane = 0; lane < filled; lane++) block[lane] = input[i + lane] - shift;
    const vec x = load(block);
    const vec result = x < -87.f ? splat(0) : NAMED(exponential)(x);
    store(block, result);
    for (int lane = 0; lane < filled; lane++) output[i + lane] = block[lane];
  }
}
