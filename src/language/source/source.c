#include "language/source/source.h"

bool source_is_quotable(enum source_kind kind)
{
    return kind == SOURCE_LEAD || kind == SOURCE_PARAGRAPH || kind == SOURCE_ITEM || kind == SOURCE_CELL;
}

size_t source_headings(const struct source *source, size_t block, size_t headings[SOURCE_LEVEL_MAX])
{
    size_t found[SOURCE_LEVEL_MAX], count = 0;
    unsigned level = SOURCE_LEVEL_MAX + 1;
    for (size_t i = block; i-- > 0 && level > 1 && count < SOURCE_LEVEL_MAX;) {
        const struct source_block *at = &source->blocks[i];
        if (at->kind == SOURCE_HEADING && at->level < level) {
            level = at->level;
            found[count++] = i;
        }
    }
    for (size_t i = 0; i < count; i++)
        headings[i] = found[count - 1 - i];
    return count;
}

struct source_writer source_writer_begin(void)
{
    return (struct source_writer){.text = BUF_INIT(SOURCE_TEXT_MAX),
                                  .blocks = BUF_INIT(SOURCE_BLOCKS_MAX * sizeof(struct source_block))};
}

void source_writer_add(struct source_writer *writer, enum source_kind kind, unsigned level, struct str text)
{
    text = str_trim(text);
    if (text.len == 0)
        return;
    struct source_block block = {.from = (uint32_t)writer->text.len, .len = (uint32_t)text.len,
                                 .kind = (uint8_t)kind, .level = (uint8_t)level};
    for (size_t i = 0; i < text.len; i++) {
        bool is_blank = text.at[i] == '\n' || text.at[i] == '\r' || text.at[i] == '\t' || text.at[i] == 0;
        buf_add_byte(&writer->text, is_blank ? ' ' : text.at[i]);
    }
    buf_add_byte(&writer->text, '\n');
    buf_add(&writer->blocks, (struct str){(const char *)&block, sizeof block});
}

enum status source_writer_end(struct source_writer *writer, struct arena *arena, struct source *source)
{
    TRY(buf_status(&writer->text));
    TRY(buf_status(&writer->blocks));
    size_t count = writer->blocks.len / sizeof(struct source_block);
    struct source_block *blocks = arena_array(arena, struct source_block, count);
    struct str text = str_copy(arena, buf_str(&writer->text));
    if (blocks == NULL || str_is_absent(text))
        return LIMIT;
    if (count > 0)
        memcpy(blocks, writer->blocks.at, writer->blocks.len);
    source->text = text;
    source->blocks = blocks;
    source->block_count = count;
    return OK;
}

void source_writer_finish(struct source_writer *writer)
{
    buf_finish(&writer->text);
    buf_finish(&writer->blocks);
}

static void add_line(struct source_writer *writer, struct str line)
{
    unsigned level = 0;
    while (level < line.len && level < SOURCE_LEVEL_MAX && line.at[level] == '#')
        level++;
    if (level > 0 && level < line.len && line.at[level] == ' ')
        source_writer_add(writer, SOURCE_HEADING, level, str_after(line, level));
    else if (str_starts(line, STR("- ")) || str_starts(line, STR("* ")))
        source_writer_add(writer, SOURCE_ITEM, 0, str_after(line, 2));
    else
        source_writer_add(writer, SOURCE_PARAGRAPH, 0, line);
}

enum status source_of_text(struct arena *arena, struct str plain, struct source *source)
{
    struct source_writer writer = source_writer_begin();
    while (!str_is_absent(plain))
        add_line(&writer, str_trim(str_cut(&plain, '\n')));
    enum status done = source_writer_end(&writer, arena, source);
    source_writer_finish(&writer);
    return done;
}
