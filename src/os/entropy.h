/* Entropy: bytes nobody can guess, from the kernel. Handed to pure code as an argument. */
#ifndef OS_ENTROPY_H
#define OS_ENTROPY_H

#include <stddef.h>

/* Fills `into`; ends the process when the kernel gives none, since nothing safe can follow. */
void entropy_fill(void *into, size_t size);

#endif
