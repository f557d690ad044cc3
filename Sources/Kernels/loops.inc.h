// All loops of one instruction set and the table of them. Needs SET, LANES and WIDE_TILES.

typedef float NAMED(vec) __attribute__((ext_vector_type(LANES)));
typedef float NAMED(unaligned) __attribute__((ext_vector_type(LANES), aligned(4), may_alias));
typedef int NAMED(ints) __attribute__((ext_vector_type(LANES)));
#define vec NAMED(vec)
#define load(p) ((vec)(*(const NAMED(unaligned) *)(p)))
#define store(p, v) (*(NAMED(unaligned) *)(p) = (v))
#define splat(x) ((vec)(float)(x))

#include "elementwise/activations.inc.h"
#include "convolution/window_sums.inc.h"
#include "convolution/outer_sums.inc.h"
#include "convolution/winograd.inc.h"
#include "elementwise/normalization.inc.h"
#include "convolution/depthwise.inc.h"
#include "elementwise/optimizers.inc.h"
#include "elementwise/exponentials.inc.h"

#define ENTRY(loop, parameters, arguments) NAMED(loop),
static const instruction_set NAMED(set) = {QUOTED(SET), LOOPS(ENTRY)};
#undef ENTRY

#undef add_to
#undef vec
#undef load
#undef store
#undef splat
