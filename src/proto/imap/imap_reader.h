/* A reader frames one connection's IMAP commands out of bytes that arrive in any pieces.
 *
 * Why: the process that meets the network must hold little and trust nothing. Between commands a
 * reader holds no heap memory. Framing needs no grammar: a line that ends in "{n}" is followed
 * by n bytes (RFC 9051 section 4.3, RFC 7888), anything else ends the command; imap_lex then
 * reads the whole. Lines end in CRLF alone: a bare CR, LF or NUL is refused and ends the
 * connection, since two readers that disagree on where a line ends can be made to disagree on
 * what was asked.
 * Owns the text of the command under way. The limits and the sink are borrowed and must outlive
 * it. */
#ifndef PROTO_IMAP_IMAP_READER_H
#define PROTO_IMAP_IMAP_READER_H

#include "base/buf.h"
#include "proto/imap/imap_command.h"

/* Takes the bytes of streamed literals as they come, never an empty piece; `left` counts what is
 * still to come after `piece`: 0 ends the literal. A status other than OK refuses the command
 * and ends the connection. */
struct imap_sink {
    enum status (*take)(void *with, uint32_t stream, struct str piece, uint64_t left);
    void *with;
};

enum { IMAP_STREAM_MAX = 16 }; /* streamed literals in one command */

enum imap_read {
    IMAP_READ_MORE,    /* all bytes taken; the command is not whole */
    IMAP_READ_LITERAL, /* send "+ " now, then feed on; or imap_reader_reset to refuse it */
    IMAP_READ_COMMAND, /* whole: imap_reader_command, then imap_reader_reset */
    IMAP_READ_LINE, /* the line asked for by imap_reader_expect_line: imap_reader_line, then reset */
    IMAP_READ_REFUSED, /* imap_reader_refusal says why; then reset, or close when it is fatal */
};

struct imap_refusal {
    struct str tag;  /* absent when none could be read: answer untagged */
    const char *why; /* a constant sentence for BAD or BYE */
    bool is_fatal;   /* what follows cannot be told from data: send BYE and close */
    bool is_too_big; /* a literal above literal_max: [TOOBIG] (RFC 4469, RFC 7889) */
};

struct imap_reader {
    const struct imap_limits *limits;
    struct buf text;
    const char *why;
    uint64_t literal_left;
    uint32_t line_from; /* where the current line begins in text */
    uint16_t streams;   /* streamed literals of this command so far */
    uint8_t state;
    bool is_line, is_too_big;
};

struct imap_reader imap_reader_of(const struct imap_limits *limits);
void imap_reader_finish(struct imap_reader *reader);

/* Takes bytes off *bytes up to the end of the command; the rest stays for after
 * imap_reader_reset. sink may be NULL when limits->stream_above >= limits->literal_max. After
 * COMMAND, LINE or REFUSED it takes nothing more and answers the same until reset. */
MUST_USE enum imap_read imap_reader_feed(struct imap_reader *reader, struct str *bytes,
                                         const struct imap_sink *sink);

/* After LITERAL: what the client wants to send. */
uint64_t imap_reader_literal_size(const struct imap_reader *reader);
/* The tag and the name as far as they have come, for deciding about a literal; absent when
 * unreadable. */
struct str imap_reader_tag(const struct imap_reader *reader);
struct str imap_reader_name(const struct imap_reader *reader);

/* After COMMAND: the tree, whose texts are valid until reset. See imap_lex. */
MUST_USE enum status imap_reader_command(const struct imap_reader *reader, struct arena *arena,
                                         struct imap_command *ret_command, const char **ret_why);
/* After LINE: without its CRLF. */
struct str imap_reader_line(const struct imap_reader *reader);
struct imap_refusal imap_reader_refusal(const struct imap_reader *reader);

/* Forgets the command, gives its memory back and waits for the next. */
void imap_reader_reset(struct imap_reader *reader);
/* After reset: the next thing is one bare line, such as an AUTHENTICATE response or IDLE's DONE. */
void imap_reader_expect_line(struct imap_reader *reader);
/* True between commands: nothing held. */
bool imap_reader_is_idle(const struct imap_reader *reader);

#endif
