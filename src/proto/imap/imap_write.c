#include "proto/imap/imap_write.h"

#include "base/utf8.h"
#include "proto/imap/imap_command.h"
#include "proto/imap/imap_search.h"
#include "proto/imap/imap_set.h"
#include "proto/imap/imap_utf7.h"

enum { QUOTED_MAX = 1000, NAME_MAX = 8000 };

static bool can_be_quoted(struct str text, bool is_utf8)
{
    if (text.len > QUOTED_MAX)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte < ' ' || byte == 0x7f || (byte >= 0x80 && !is_utf8))
            return false;
    }
    return !is_utf8 || utf8_is_valid(text);
}

void imap_write_literal(struct buf *out, struct str bytes)
{
    buf_add_format(out, "{%zu}\r\n", bytes.len);
    buf_add(out, bytes);
}

/* A literal holds no NUL (RFC 9051 section 9, CHAR8); as U+FFFD, the reader sees that something was there. */
static void write_without_nul(struct buf *out, struct str text)
{
    static const struct str mark = STR_INIT("\xef\xbf\xbd");
    size_t nuls = 0;
    for (size_t i = 0; i < text.len; i++)
        nuls += text.at[i] == '\0';
    buf_add_format(out, "{%zu}\r\n", text.len + nuls * (mark.len - 1));
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] == '\0')
            buf_add(out, mark);
        else
            buf_add_byte(out, text.at[i]);
}

void imap_write_string(struct buf *out, struct str text, bool is_utf8)
{
    if (!can_be_quoted(text, is_utf8)) {
        write_without_nul(out, text);
        return;
    }
    buf_add_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"' || text.at[i] == '\\')
            buf_add_byte(out, '\\');
        buf_add_byte(out, text.at[i]);
    }
    buf_add_byte(out, '"');
}

void imap_write_nstring(struct buf *out, struct str text, bool is_utf8)
{
    if (str_is_absent(text))
        buf_add_literal(out, "NIL");
    else
        imap_write_string(out, text, is_utf8);
}

static bool can_be_atom(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!imap_is_astring_char(text.at[i]))
            return false;
    return text.len > 0 && !str_eq_nocase(text, STR("NIL"));
}

void imap_write_astring(struct buf *out, struct str text, bool is_utf8)
{
    if (can_be_atom(text))
        buf_add(out, text);
    else
        imap_write_string(out, text, is_utf8);
}

void imap_write_mailbox(struct buf *out, struct str name, bool is_utf8)
{
    struct buf encoded BUF_SCOPE = BUF_INIT(NAME_MAX);
    if (is_utf8) {
        imap_write_astring(out, name, true);
        return;
    }
    imap_utf7_encode(&encoded, name);
    imap_write_astring(out, buf_str(&encoded), false);
}

void imap_write_esearch(struct buf *out, const struct imap_esearch *esearch)
{
    buf_add_literal(out, "* ESEARCH (TAG ");
    imap_write_string(out, esearch->tag, false);
    buf_add(out, esearch->is_uid ? STR(") UID") : STR(")"));
    if (esearch->count > 0 && esearch->returns & IMAP_RETURN_MIN)
        buf_add_format(out, " MIN %u", esearch->numbers[0]);
    if (esearch->count > 0 && esearch->returns & IMAP_RETURN_MAX)
        buf_add_format(out, " MAX %u", esearch->numbers[esearch->count - 1]);
    if (esearch->count > 0 && esearch->returns & IMAP_RETURN_ALL) {
        buf_add_literal(out, " ALL ");
        imap_set_write_numbers(out, esearch->numbers, esearch->count);
    }
    if (esearch->returns & IMAP_RETURN_COUNT)
        buf_add_format(out, " COUNT %zu", esearch->count);
    if (esearch->returns & IMAP_RETURN_RELEVANCY) {
        buf_add_literal(out, " RELEVANCY (");
        for (size_t i = 0; i < esearch->count; i++)
            buf_add_format(out, i > 0 ? " %d" : "%d", esearch->scores[i]);
        buf_add_byte(out, ')');
    }
    if (esearch->modseq > 0)
        buf_add_format(out, " MODSEQ %llu", (unsigned long long)esearch->modseq);
}

void imap_write_search(struct buf *out, struct str name, const uint32_t *numbers, size_t count, uint64_t modseq)
{
    buf_add_format(out, "* %.*s", STR_ARG(name));
    for (size_t i = 0; i < count; i++)
        buf_add_format(out, " %u", numbers[i]);
    if (modseq > 0 && count > 0)
        buf_add_format(out, " (MODSEQ %llu)", (unsigned long long)modseq);
}
