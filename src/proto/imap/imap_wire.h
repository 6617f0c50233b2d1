/* A wire is one command as compact bytes, for the message from the role that lexed it to the one
 * that answers it.
 *
 * Why not the text again: the tree is already cut, and streamed literals are no longer in it.
 * One form per command: numbers are the shortest base-128 varints, so encode(decode(bytes))
 * gives the same bytes.
 *     command: version 1, is_uid, tag, name, argument count, arguments in order
 *     argument: kind | 8 for literal8, then text (length, bytes), list (count, items) or (stream, size)
 * The reader believes nothing: every tag, atom and string obeys the grammar of imap_command.h
 * after it. */
#ifndef PROTO_IMAP_IMAP_WIRE_H
#define PROTO_IMAP_IMAP_WIRE_H

#include "base/buf.h"
#include "proto/imap/imap_command.h"

void imap_wire_write(struct buf *out, const struct imap_command *command);

/* Texts are slices of `bytes`. CORRUPT when malformed, when a byte follows, or when a text
 * breaks the grammar; LIMIT above a limit (command_max counts the bytes) or when the arena is
 * full. */
MUST_USE enum status imap_wire_read(struct str bytes, const struct imap_limits *limits,
                                    struct arena *arena, struct imap_command *ret_command);

#endif
