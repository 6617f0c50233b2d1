#include "proto/mime/imap_text.h"

static bool is_quotable(struct str text)
{
    if (text.len > IMAP_QUOTED_MAX)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] == '\r' || text.at[i] == '\n' || (text.at[i] & 0x80) != 0)
            return false;
    return true;
}

static void add_without_nul(struct buf *out, struct str text)
{
    while (text.len > 0) {
        size_t nul = str_find_byte(text, '\0');
        buf_add(out, str_slice(text, 0, nul));
        if (nul == SIZE_MAX)
            return;
        buf_add_byte(out, '?');
        text = str_after(text, nul + 1);
    }
}

void imap_text_string(struct buf *out, struct str text)
{
    if (!is_quotable(text)) {
        buf_add_format(out, "{%zu}\r\n", text.len);
        add_without_nul(out, text);
        return;
    }
    buf_add_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"' || text.at[i] == '\\')
            buf_add_byte(out, '\\');
        buf_add_byte(out, text.at[i] == '\0' ? '?' : text.at[i]);
    }
    buf_add_byte(out, '"');
}

void imap_text_nstring(struct buf *out, struct str text)
{
    if (str_is_absent(text))
        buf_add_literal(out, "NIL");
    else
        imap_text_string(out, text);
}
