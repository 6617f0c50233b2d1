/* The sheets of an archive, as the role convert has read them: a line each. */
#include "service/source/collection_kind.h"
#include "service/source/lang.h"

/* The sheet's own address; one without an address has that of its collection. */
static struct str link_of(struct ctx *ctx, const struct collection *collection, const struct conversion_sheet *sheet)
{
    if (str_starts(sheet->link, STR("https://")))
        return sheet->link;
    return str_format(ctx->arena, "%s%.*s", collection->kind->path, STR_ARG(sheet->key));
}

/* A publisher's list of publics, parted by ", "; without one it is for whomever its archive is for. */
static bool is_for(struct str audience, struct str wanted)
{
    if (audience.len == 0)
        return true;
    while (!str_is_absent(audience))
        if (str_eq(str_trim(str_cut(&audience, ',')), wanted))
            return true;
    return false;
}

enum status collection_lines_check(struct ctx *ctx, const struct collection *collection)
{
    struct str audience = str_of(collection->kind->audience);
    int64_t own = 0, others = 0;
    for (struct str rest = collection->lines; rest.len > 0;) {
        struct conversion_sheet sheet;
        TRY(shape_from_json(ctx->arena, &conversion_sheet_shape, str_cut(&rest, '\n'), &sheet));
        bool is_own = is_for(sheet.audience, audience);
        own += sheet.end == WORDING_DONE && is_own;
        others += sheet.end == WORDING_DONE && !is_own;
    }
    return own < others ? refuse(ctx, CONFLICT, "source.public", T_source_other_public) : OK;
}

static struct document document_of(struct ctx *ctx, const struct collection *collection,
                                   const struct conversion_sheet *sheet)
{
    struct document document = collection_document(collection);
    struct date written;
    document.key = sheet->key;
    document.title = sheet->title;
    document.link = link_of(ctx, collection, sheet);
    document.authors = sheet->authors.len > 0 ? sheet->authors : document.authors;
    document.publisher = sheet->publisher.len > 0 ? sheet->publisher : document.publisher;
    if (date_parse(sheet->date, &written) == OK)
        document.written = written;
    return document;
}

enum status collection_next_line(struct ctx *ctx, struct collection *collection, struct document_text *ret_text)
{
    struct conversion_sheet sheet;
    if (collection->lines.len == 0)
        return NOT_FOUND;
    struct str line = str_cut(&collection->lines, '\n');
    collection->done = collection->total - (int64_t)collection->lines.len;
    TRY(shape_from_json(ctx->arena, &conversion_sheet_shape, line, &sheet));
    collection->end = (enum wording_end)sheet.end;
    *ret_text = (struct document_text){document_of(ctx, collection, &sheet), sheet.words};
    bool is_taken = sheet.end == WORDING_DONE && is_for(sheet.audience, str_of(collection->kind->audience));
    return is_taken ? OK : CONFLICT;
}
