#include "service/assistant/csl.h"

/* A JSON string (RFC 8259 section 7). */
static void add_text(struct buf *out, struct str text)
{
    buf_add_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte == '"' || byte == '\\')
            buf_add_byte(out, '\\');
        if (byte < 0x20)
            buf_add_format(out, "\\u%04x", (unsigned)byte);
        else
            buf_add_byte(out, (char)byte);
    }
    buf_add_byte(out, '"');
}

static void add_member(struct buf *out, const char *name, struct str text)
{
    if (text.len == 0)
        return;
    buf_add_format(out, ",\"%s\":", name);
    add_text(out, text);
}

static void add_date(struct buf *out, const char *name, struct date date)
{
    struct civil civil = civil_of_date(date);
    buf_add_format(out, ",\"%s\":{\"date-parts\":[[%d,%d,%d]]}", name, (int)civil.year, (int)civil.month,
                   (int)civil.day);
}

void csl_add(struct buf *out, const struct document *document, bool is_first)
{
    buf_add_byte(out, is_first ? '[' : ',');
    buf_add_format(out, "{\"id\":\"%lld\",\"type\":\"webpage\"", (long long)document->id);
    add_member(out, "title", document->title);
    if (document->authors.len > 0) {
        buf_add_literal(out, ",\"author\":[{\"literal\":");
        add_text(out, document->authors);
        buf_add_literal(out, "}]");
    }
    add_member(out, "publisher", document->publisher);
    add_member(out, "license", document->licence);
    add_member(out, "URL", document->link);
    if (document->written.days != 0)
        add_date(out, "issued", document->written);
    add_date(out, "accessed", (struct date){(int32_t)(document->taken.ms / 86400000)});
    buf_add_byte(out, '}');
}

void csl_end(struct buf *out, bool is_empty)
{
    buf_add(out, is_empty ? STR("[]\n") : STR("]\n"));
}
