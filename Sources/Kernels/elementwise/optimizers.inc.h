// Steps of the optimizers over flat ranges, a multiple of KERNEL_CHANNELS long. Included once per
// instruction set.

static void NAMED(adam_step)(
    const kernel_adam *s, long count, float *parameter, const float *gradient, float *first,
    float *second) {
  for (long i = 0; i < count; i += LANES) {
    const vec p = load(parameter + i) * s->keep;
    const vec g = load(gradient + i) + p * s->pull;
    const vec m = load(first + i) + (g - load(first + i)) * (1 - s->beta1);
    const vec v = load(second + i) * s->beta2 + g * g * (1 - s->beta2);
    store(first + i, m);
    store(second + i, v);
    const vec divisor = __builtin_elementwise_sqrt(v) * s->correction + s->epsilon;
    store(parameter + i, p - m * s->rate / divisor);
  }
}

static void NAMED(momentum_step)(
    const kernel_momentum *s, long count, float *parameter, const float *gradient,
    float *velocity) {
  for (long i = 0; i < count; i += LANES) {
    const vec p = load(parameter + i);
    const vec g = load(gradient + i) + p * s->pull;
    const vec v = load(velocity + i) * s->momentum + g;
    store(velocity + i, v);
    const vec step = s->looks_ahead ? g + v * s->momentum : v;
    store(parameter + i, p * s->keep - step * s->rate);
  }
}
