/* The hasher role: it does Argon2 work for auth, one piece at a time, and knows nothing else.
 *
 * Why a process of its own: a hash takes a tenth of a second and 64 MiB; auth's loop goes on meanwhile, and as there
 * are only so many hashers no flood of sign-ins takes the memory of the machine. Sees a password and a verifier at a
 * time. */
#ifndef ROLE_HASHER_H
#define ROLE_HASHER_H

/* Runs until the parent's channel closes or says stop. Exit code for the process. */
int hasher_run(int parent_socket);

#endif
