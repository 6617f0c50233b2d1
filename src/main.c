/* parvis: one program; its words choose a command, and `serve` starts every role. */
#include "role/command.h"

int main(int count, char **words)
{
    return command_run(count, words);
}
