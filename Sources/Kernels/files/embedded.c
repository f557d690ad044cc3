// The files that are part of the program, so that an installed binary needs nothing beside it.
#include "kernels.h"

#include <string.h>

// C23's #embed, which clang offers in earlier modes too.
#pragma clang diagnostic ignored "-Wc23-extensions"

#define FILE_BYTES static const uint8_t

FILE_BYTES digits_train_images[] = {
#embed "../data/digits/train-images-idx3-ubyte.gz"
};
FILE_BYTES digits_train_labels[] = {
#embed "../data/digits/train-labels-idx1-ubyte.gz"
};
FILE_BYTES digits_valid_images[] = {
#embed "../data/digits/valid-images-idx3-ubyte.gz"
};
FILE_BYTES digits_valid_labels[] = {
#embed "../data/digits/valid-labels-idx1-ubyte.gz"
};
FILE_BYTES digits_test_images[] = {
#embed "../data/digits/test-images-idx3-ubyte.gz"
};
FILE_BYTES digits_test_labels[] = {
#embed "../data/digits/test-labels-idx1-ubyte.gz"
};
FILE_BYTES letters_train_images[] = {
#embed "../data/letters/train-images-idx3-ubyte.gz"
};
FILE_BYTES letters_train_labels[] = {
#embed "../data/letters/train-labels-idx1-ubyte.gz"
};
FILE_BYTES letters_valid_images[] = {
#embed "../data/letters/valid-images-idx3-ubyte.gz"
};
FILE_BYTES letters_valid_labels[] = {
#embed "../data/letters/valid-labels-idx1-ubyte.gz"
};
FILE_BYTES letters_body[] = {
#embed "../data/letters-body.safetensors"
};
FILE_BYTES sweep_curve[] = {
#embed "../../../sweeps/curve.json"
};
FILE_BYTES sweep_early_stopping[] = {
#embed "../../../sweeps/early-stopping.json"
};
FILE_BYTES sweep_light_in_the_dark[] = {
#embed "../../../sweeps/light-in-the-dark.json"
};
FILE_BYTES sweep_photos[] = {
#embed "../../../sweeps/photos.json"
};
FILE_BYTES sweep_simplicity[] = {
#embed "../../../sweeps/simplicity.json"
};
FILE_BYTES sweep_traits[] = {
#embed "../../../sweeps/traits.json"
};
FILE_BYTES sweep_tricks[] = {
#embed "../../../sweeps/tricks.json"
};
FILE_BYTES sweep_quickstart[] = {
#embed "../../../sweeps/quickstart.json"
};
FILE_BYTES sweep_regularization[] = {
#embed "../../../sweeps/regularization.json"
};
FILE_BYTES sweep_transfer[] = {
#embed "../../../sweeps/transfer.json"
};
FILE_BYTES sweep_weight_decay_dose[] = {
#embed "../../../sweeps/weight-decay-dose.json"
};

#define NAMED_FILE(name, bytes) {name, {bytes, sizeof bytes}}

static const struct {
  const char *name;
  kernel_file file;
} files[] = {
    NAMED_FILE("digits/train-images", digits_train_images),
    NAMED_FILE("digits/train-labels", digits_train_labels),
    NAMED_FILE("digits/valid-images", digits_valid_images),
    NAMED_FILE("digits/valid-labels", digits_valid_labels),
    NAMED_FILE("digits/test-images", digits_test_images),
    NAMED_FILE("digits/test-labels", digits_test_labels),
    NAMED_FILE("letters/train-images", letters_train_images),
    NAMED_FILE("letters/train-labels", letters_train_labels),
    NAMED_FILE("letters/valid-images", letters_valid_images),
    NAMED_FILE("letters/valid-labels", letters_valid_labels),
    NAMED_FILE("letters-body", letters_body),
    // Of the specs, those that need no other program: a test tells which one is missing.
    NAMED_FILE("sweeps/curve", sweep_curve),
    NAMED_FILE("sweeps/early-stopping", sweep_early_stopping),
    NAMED_FILE("sweeps/light-in-the-dark", sweep_light_in_the_dark),
    NAMED_FILE("sweeps/photos", sweep_photos),
    NAMED_FILE("sweeps/simplicity", sweep_simplicity),
    NAMED_FILE("sweeps/traits", sweep_traits),
    NAMED_FILE("sweeps/tricks", sweep_tricks),
    NAMED_FILE("sweeps/quickstart", sweep_quickstart),
    NAMED_FILE("sweeps/regularization", sweep_regularization),
    NAMED_FILE("sweeps/transfer", sweep_transfer),
    NAMED_FILE("sweeps/weight-decay-dose", sweep_weight_decay_dose),
};

kernel_file kernel_embedded(const char *name) {
  for (unsigned i = 0; i < sizeof files / sizeof *files; i++)
    if (!strcmp(files[i].name, name)) return files[i].file;
  return (kernel_file){0, 0};
}

const char *kernel_embedded_name(int index) {
  return index >= 0 && index < (int)(sizeof files / sizeof *files) ? files[index].name : 0;
}
