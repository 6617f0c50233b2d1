/* An smtp_command is one line of a client of SMTP (RFC 5321), LMTP (RFC 2033) or submission (RFC 6409).
 *
 * Pure and strict: a line ends with CRLF alone, and a bare CR or LF in it is refused, since guessing line ends is
 * how mail is smuggled; a NUL makes a command bad. Slices point into the line. */
#ifndef PROTO_SMTP_SMTP_COMMAND_H
#define PROTO_SMTP_SMTP_COMMAND_H

#include "base/str.h"

/* RFC 5321 section 4.5.3.1: 512 octets and what extensions add; 4,096 leaves room for all of them. */
enum { SMTP_LINE_MAX = 4096, SMTP_PATH_MAX = 254, SMTP_LOCAL_MAX = 64, SMTP_PARAMETERS_MAX = 16 };

enum smtp_verb {
    SMTP_EHLO,
    SMTP_HELO,
    SMTP_LHLO,
    SMTP_MAIL,
    SMTP_RCPT,
    SMTP_DATA,
    SMTP_BDAT,
    SMTP_RSET,
    SMTP_NOOP,
    SMTP_QUIT,
    SMTP_VRFY,
    SMTP_HELP,
    SMTP_STARTTLS,
    SMTP_AUTH,
    SMTP_UNKNOWN,
};

struct smtp_command {
    enum smtp_verb verb;
    struct str argument; /* EHLO name, AUTH mechanism */
    struct str initial;  /* AUTH: the initial response, absent when there is none */
    struct str path;     /* MAIL, RCPT: the address without brackets and source route; empty for <> */
    uint64_t size;       /* MAIL SIZE=, BDAT */
    bool has_size, is_last, is_utf8, is_8bit, is_binary;
};

/* The line without its CRLF. INVALID: not by the grammar (501, or 500 for SMTP_UNKNOWN); NOT_FOUND: a
 * parameter we do not know (555). verb is filled in every case. */
MUST_USE enum status smtp_command_parse(struct str line, struct smtp_command *ret_command);

/* The first line of what has arrived: *ret_line without CRLF, *ret_used with. BUSY: not whole yet; LIMIT: longer
 * than SMTP_LINE_MAX; INVALID: a bare CR or LF. */
MUST_USE enum status smtp_line(struct str input, struct str *ret_line, size_t *ret_used);

/* True for local@domain as we keep it: printable, no space, quotes allowed around the local part. */
bool smtp_is_address(struct str address, bool is_utf8);

#endif
