/* parvis: one program; its words choose a command, and `serve` starts every role. */
#include <sys/stat.h>

#include "role/command.h"

int main(int count, char **words)
{
    umask(S_IRWXG | S_IRWXO); /* what it writes is its owner's alone */
    return command_run(count, words);
}
