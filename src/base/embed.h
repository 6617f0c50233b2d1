/* A file that is embedded lies in the program as it is, from `name` up to `name_end`, and a zero byte behind it.
 *
 * The assembler takes the file (.incbin); its path counts from where `make` runs, and the Makefile says which object is
 * made of it, since no compiler tells. */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

/* NOLINTBEGIN(bugprone-macro-parentheses): names are pasted */
#define EMBED(name, path)                                                                                              \
    __asm__(".section .rodata\n.balign 32\n.type " #name ", @object\n" #name ":\n.incbin \"" path "\"\n" #name        \
            "_end:\n.byte 0\n.size " #name ", . - " #name "\n.previous\n");                                            \
    extern const char name[], name##_end[]
/* NOLINTEND(bugprone-macro-parentheses) */

#endif
