#include "service/source/parcel.h"

#include "core/shape.h"

struct parcel {
    struct str collection, key, title, authors, publisher, licence, link, words;
    int64_t written, readers, replace;
};
static const struct shape_field parcel_fields[] = {
    SHAPE_FIELD(parcel, collection, SHAPE_TEXT, 0), SHAPE_FIELD(parcel, key, SHAPE_TEXT, 0),
    SHAPE_FIELD(parcel, title, SHAPE_TEXT, 0),      SHAPE_FIELD(parcel, authors, SHAPE_TEXT, 0),
    SHAPE_FIELD(parcel, publisher, SHAPE_TEXT, 0),  SHAPE_FIELD(parcel, licence, SHAPE_TEXT, 0),
    SHAPE_FIELD(parcel, link, SHAPE_TEXT, 0),       SHAPE_FIELD(parcel, words, SHAPE_TEXT, 0),
    SHAPE_FIELD(parcel, written, SHAPE_INT, 0),     SHAPE_FIELD(parcel, readers, SHAPE_INT, 0),
    SHAPE_FIELD(parcel, replace, SHAPE_INT, 0),
};
static const struct shape parcel_shape = SHAPE_OF(parcel, parcel_fields);

void parcel_write(struct buf *out, const struct document_text *text, enum own_replace replace)
{
    const struct document *document = &text->document;
    struct parcel parcel = {.collection = document->collection,
                            .key = document->key,
                            .title = document->title,
                            .authors = document->authors,
                            .publisher = document->publisher,
                            .licence = document->licence,
                            .link = document->link,
                            .words = text->words,
                            .written = document->written.days,
                            .readers = document->readers,
                            .replace = replace};
    shape_json(out, &parcel_shape, &parcel);
    buf_add_byte(out, '\n');
}

enum status parcel_take(struct ctx *ctx, struct str line, enum document_change *ret_change)
{
    struct parcel parcel;
    int64_t id;
    TRY(shape_from_json(ctx->arena, &parcel_shape, line, &parcel));
    struct document_text text = {.document = {.collection = parcel.collection,
                                              .key = parcel.key,
                                              .title = parcel.title,
                                              .authors = parcel.authors,
                                              .publisher = parcel.publisher,
                                              .licence = parcel.licence,
                                              .link = parcel.link,
                                              .written = {(int32_t)parcel.written},
                                              .readers = parcel.readers == DOCUMENT_AGENTS ? DOCUMENT_AGENTS
                                                                                           : DOCUMENT_PUBLIC},
                                 .words = parcel.words};
    if (str_eq(parcel.collection, DOCUMENT_OWN))
        return own_put(ctx, &text, (enum own_replace)parcel.replace, ret_change, &id);
    return document_put(ctx, &text, ret_change, &id);
}
