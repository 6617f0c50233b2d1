#include "service/assistant/shelving.h"

enum {
    SHORT_LEN = 1 << 14, /* bytes of a document that is through in one step */
    PART_LEN = 1 << 18,  /* of a longer one that are read, parted, or laid down in one */
};

void shelving_begin(struct shelving *shelving, int64_t id, enum document_readers readers)
{
    *shelving = (struct shelving){.id = id,
                                  .readers = readers,
                                  .phase = SHELVING_READ,
                                  .words = BUF_INIT(DOCUMENT_WORDS_MAX),
                                  .lines = source_writer_begin()};
}

bool shelving_is_on(const struct shelving *shelving)
{
    return shelving->phase != SHELVING_NONE;
}

void shelving_drop(struct shelving *shelving)
{
    buf_finish(&shelving->words);
    source_writer_finish(&shelving->lines);
    *shelving = (struct shelving){.phase = SHELVING_NONE};
}

static enum status read_part(struct ctx *ctx, struct shelving *shelving)
{
    size_t before = shelving->words.len;
    TRY(document_read_part(ctx, shelving->id, before, PART_LEN, &shelving->words));
    if (shelving->words.len < before + PART_LEN) {
        shelving->rest = buf_str(&shelving->words);
        shelving->phase = SHELVING_PART;
    }
    return BUSY;
}

static enum status part(struct shelving *shelving)
{
    struct str line;
    size_t left = shelving->rest.len > PART_LEN ? shelving->rest.len - PART_LEN : 0;
    while (source_line_next(&shelving->rest, &line)) {
        source_writer_add_line(&shelving->lines, line);
        if (left > 0 && shelving->rest.len <= left)
            break;
    }
    TRY(buf_status(&shelving->lines.text));
    TRY(buf_status(&shelving->lines.blocks));
    if (str_is_absent(shelving->rest))
        shelving->phase = SHELVING_BEGIN;
    return BUSY;
}

static enum status begin_trace(const struct shelving *shelving, const struct document *document, struct traced *traced)
{
    const struct source_block *blocks = (const struct source_block *)shelving->lines.blocks.at;
    size_t hash_len = document->hash.len < SHELF_HASH_LEN ? document->hash.len : SHELF_HASH_LEN;
    struct shelf_text text = {.id = shelving->id,
                              .line_from = traced->lines.len / sizeof(uint32_t),
                              .line_count = shelving->lines.blocks.len / sizeof *blocks};
    memcpy(text.hash, document->hash.at, hash_len);
    for (size_t i = 0; i < text.line_count; i++)
        buf_add(&traced->lines, (struct str){(const char *)&blocks[i].from, sizeof blocks[i].from});
    buf_add(&traced->texts, (struct str){(const char *)&text, sizeof text});
    TRY(buf_status(&traced->lines));
    TRY(buf_status(&traced->texts));
    return suffix_add(traced->suffix, STR(""));
}

static enum status begin_add(const struct shelving *shelving, const struct document *document, struct arena *arena,
                             struct library_builder *builder)
{
    const struct source_writer *lines = &shelving->lines;
    struct source source = {.id = str_format(arena, "%lld", (long long)shelving->id),
                            .title = document->title,
                            .publisher = document->collection, /* whose it is, for shelf_is_own */
                            .text = buf_str(&lines->text),
                            .blocks = (const struct source_block *)lines->blocks.at,
                            .block_count = lines->blocks.len / sizeof(struct source_block)};
    return library_builder_add_begin(builder, &source);
}

static enum status begin(struct ctx *ctx, struct shelving *shelving, struct library_builder *builder,
                         struct traced *traced)
{
    struct document document;
    TRY(document_head(ctx, shelving->id, shelving->readers, &document));
    TRY(begin_add(shelving, &document, ctx->arena, builder));
    if (traced != NULL)
        TRY(begin_trace(shelving, &document, traced));
    shelving->phase = traced != NULL ? SHELVING_TRACE : SHELVING_ADD;
    return BUSY;
}

static enum status trace(struct shelving *shelving, struct traced *traced)
{
    struct str left = str_after(buf_str(&shelving->lines.text), shelving->traced);
    struct str some = str_slice(left, 0, left.len < PART_LEN ? left.len : PART_LEN);
    TRY(suffix_extend(traced->suffix, some));
    shelving->traced += some.len;
    if (some.len == left.len)
        shelving->phase = SHELVING_ADD;
    return BUSY;
}

static enum status step(struct ctx *ctx, struct shelving *shelving, struct library_builder *builder,
                        struct traced *traced)
{
    switch (shelving->phase) {
    case SHELVING_READ:
        return read_part(ctx, shelving);
    case SHELVING_PART:
        return part(shelving);
    case SHELVING_BEGIN:
        return begin(ctx, shelving, builder, traced);
    case SHELVING_TRACE:
        return trace(shelving, traced);
    case SHELVING_ADD:
        return library_builder_add_step(builder);
    case SHELVING_NONE:
        break;
    }
    return BUG;
}

enum status shelving_step(struct ctx *ctx, struct shelving *shelving, struct library_builder *builder,
                          struct traced *traced)
{
    enum status done;
    do
        done = step(ctx, shelving, builder, traced);
    while (done == BUSY && shelving->words.len <= SHORT_LEN);
    return done;
}
