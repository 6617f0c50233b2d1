#include "proto/mime/lex.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* One byte of a comment or quoted string, a backslash making the next one plain. Line ends are
 * folding. */
static char take_quoted_byte(struct str *rest, struct buf *out, bool *is_plain)
{
    *is_plain = rest->at[0] == '\\' && rest->len > 1;
    char byte = rest->at[*is_plain ? 1 : 0];
    *rest = str_after(*rest, *is_plain ? 2 : 1);
    if (out != NULL && *is_plain && byte != '\r' && byte != '\n')
        buf_add_byte(out, byte);
    return byte;
}

/* Comments nest (RFC 5322 section 3.2.2); the depth is only counted, so no input can exhaust the
 * stack. */
static void skip_comment(struct str *rest, struct buf *comment)
{
    size_t depth = 1;
    *rest = str_after(*rest, 1);
    if (comment != NULL)
        buf_clear(comment);
    while (rest->len > 0) {
        bool is_plain;
        char byte = take_quoted_byte(rest, comment, &is_plain);
        if (is_plain)
            continue;
        depth += byte == '(';
        depth -= byte == ')';
        if (depth == 0)
            return;
        if (comment != NULL && byte != '\r' && byte != '\n')
            buf_add_byte(comment, byte);
    }
}

void lex_skip(struct str *rest, struct buf *comment)
{
    while (rest->len > 0) {
        if (is_blank(rest->at[0]))
            *rest = str_after(*rest, 1);
        else if (rest->at[0] == '(')
            skip_comment(rest, comment);
        else
            return;
    }
}

bool lex_quoted(struct str *rest, struct buf *out)
{
    if (!lex_byte(rest, '"'))
        return false;
    while (rest->len > 0) {
        bool is_plain;
        char byte = take_quoted_byte(rest, out, &is_plain);
        if (is_plain)
            continue;
        if (byte == '"')
            break;
        if (byte != '\r' && byte != '\n')
            buf_add_byte(out, byte);
    }
    return true;
}

struct str lex_until(struct str *rest, const char *ends)
{
    size_t taken = 0;
    while (taken < rest->len) {
        unsigned char byte = (unsigned char)rest->at[taken];
        if (byte <= ' ' || byte == 0x7F || strchr(ends, byte) != NULL)
            break;
        taken++;
    }
    struct str run = str_slice(*rest, 0, taken);
    *rest = str_after(*rest, taken);
    return run;
}

bool lex_byte(struct str *rest, char byte)
{
    if (rest->len == 0 || rest->at[0] != byte)
        return false;
    *rest = str_after(*rest, 1);
    return true;
}
