#include "service/assistant/csl.h"

#include "core/shape.h"

static void add_member(struct buf *out, const char *name, struct str text)
{
    if (text.len == 0)
        return;
    buf_add_format(out, ",\"%s\":", name);
    shape_json_text(out, text);
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
        shape_json_text(out, document->authors);
        buf_add_literal(out, "}]");
    }
    add_member(out, "publisher", document->publisher);
    add_member(out, "license", document->licence);
    add_member(out, "URL", document->link);
    if (document->written.days != 0)
        add_date(out, "issued", document->written);
    add_date(out, "accessed", date_of_instant(document->taken));
    buf_add_byte(out, '}');
}

void csl_end(struct buf *out, bool is_empty)
{
    buf_add(out, is_empty ? STR("[]\n") : STR("]\n"));
}
