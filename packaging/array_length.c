// What the C++ library of GCC 11 has and that of GCC 10 has not: the end of a program that asks for an array of negative length.
//
// Swift's runtime refers to it and is compiled without exceptions, so that the end is the same. A newer library's own is
// overlaid by this one.
#include <stdlib.h>

__attribute__((noreturn)) void throw_bad_array_new_length(void) __asm__("_ZSt28__throw_bad_array_new_lengthv");

void throw_bad_array_new_length(void) { abort(); }
