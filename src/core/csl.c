#include "core/csl.h"

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
    if (date.days == 0)
        return;
    buf_add_format(out, ",\"%s\":{\"date-parts\":[[%d,%d,%d]]}", name, (int)civil.year, (int)civil.month,
                   (int)civil.day);
}

void csl_add(struct buf *out, const struct csl_work *work)
{
    buf_add_byte(out, out->len == 0 ? '[' : ',');
    buf_add_literal(out, "{\"id\":");
    shape_json_text(out, work->id);
    buf_add_format(out, ",\"type\":\"%s\"", work->type);
    add_member(out, "title", work->title);
    if (work->authors.len > 0) {
        buf_add_literal(out, ",\"author\":[{\"literal\":");
        shape_json_text(out, work->authors);
        buf_add_literal(out, "}]");
    }
    add_member(out, "publisher", work->publisher);
    add_member(out, "license", work->licence);
    add_member(out, "URL", work->link);
    add_date(out, "issued", work->written);
    add_date(out, "accessed", work->taken);
    add_member(out, "note", work->note);
    buf_add_byte(out, '}');
}

void csl_end(struct buf *out)
{
    buf_add(out, out->len == 0 ? STR("[]\n") : STR("]\n"));
}
