/* A command is what an operator types: `parvis -d DIR WORDS...` (parvis(1)); help is printed from one table. */
#ifndef ROLE_COMMAND_H
#define ROLE_COMMAND_H

/* Exit code: 0 done, 1 refused (the reason on standard error), 64 not understood. */
int command_run(int count, char **words);

#endif
