/* parvis: one program; its first words choose a command (parvis(1)). */
#include <stdio.h>
#include <string.h>

int main(int count, char **words)
{
    if (count == 2 && strcmp(words[1], "--version") == 0)
        return printf("parvis %s\n", PARVIS_VERSION) < 0;
    fprintf(stderr, "usage: parvis --version\n");
    return 64; /* EX_USAGE of sysexits.h */
}
