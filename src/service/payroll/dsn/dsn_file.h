/* A dsn_file is a declaration as its bytes say it, line by line: CODE,'value'.
 *
 * Source: the form of the technical specification (cahier technique DSN): one rubric a line, ISO-8859-1, the value
 * between the first quote behind the comma and the last of the line, so that quotes within it stand as they are.
 * Invariants: what was read is written back byte for byte, whatever it was; lines are slices of the bytes, which
 * outlive the file. Pure. */
#ifndef SERVICE_PAYROLL_DSN_DSN_FILE_H
#define SERVICE_PAYROLL_DSN_DSN_FILE_H

#include "service/payroll/dsn/dsn_norm.h"

enum { DSN_FILE_MAX = 256 << 20, DSN_LINES_MAX = 4 << 20, DSN_AROUND_VALUE = 17 /* bytes beside it: CODE,'' */ };

enum dsn_end { DSN_NO_END, DSN_LF, DSN_CRLF };

struct dsn_line {
    struct str bytes; /* without its end */
    uint32_t number;  /* of its rubric; 0: it is not of the form */
    enum dsn_end end;
};

struct dsn_file {
    struct dsn_line *lines;
    size_t count;
};

/* Any bytes are a file. LIMIT: more than DSN_LINES_MAX lines, or no room. */
MUST_USE enum status dsn_file_read(struct arena *arena, struct str bytes, struct dsn_file *ret_file);
void dsn_file_write(struct buf *out, const struct dsn_file *file);

/* What stands between the quotes; "" for a line that is not of the form. */
struct str dsn_line_value(const struct dsn_line *line);
/* Adds a line of its own making, ended with LF; a letter of UTF-8 that ISO-8859-1 has becomes one byte. INVALID: the
 * value has a letter that it has not, or a control character. */
MUST_USE enum status dsn_line_write(struct buf *out, uint32_t number, struct str utf8);
/* ISO-8859-1 as UTF-8. */
void dsn_utf8_write(struct buf *out, struct str latin);

#endif
