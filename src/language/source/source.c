#include "language/source/source.h"

#include "base/utf8.h"

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

/* A tab, an end of line or another control character: it would part what stands on one line. */
static bool is_blank(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7F;
}

static void add_on_one_line(struct buf *out, struct str text)
{
    buf_add(out, text);
    for (size_t i = out->is_over ? out->len : out->len - text.len; i < out->len; i++)
        if (is_blank(out->at[i]))
            out->at[i] = ' ';
}

/* Without what would be blanks around it once it is on one line. */
static struct str trimmed(struct str line)
{
    while (line.len > 0 && is_blank(line.at[0]))
        line = str_after(line, 1);
    while (line.len > 0 && is_blank(line.at[line.len - 1]))
        line.len--;
    return line;
}

void source_writer_add(struct source_writer *writer, enum source_kind kind, unsigned level, struct str text)
{
    text = trimmed(text);
    if (text.len == 0)
        return;
    struct source_block block = {.from = (uint32_t)writer->text.len, .len = (uint32_t)text.len,
                                 .kind = (uint8_t)kind, .level = (uint8_t)level};
    add_on_one_line(&writer->text, text);
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

static bool is_item(struct str line)
{
    return str_starts(line, STR("- ")) || str_starts(line, STR("* "));
}

/* Without what turns the order of letters round, or hides: nobody sees it, and a quotation would carry it on. */
static void add_visible(struct buf *out, struct str plain)
{
    while (plain.len > 0) {
        struct str rest = plain;
        uint32_t point = utf8_next(&rest);
        if (point < 0x80 || !utf8_is_deceptive(point)) /* other controls become blanks */
            buf_add(out, str_slice(plain, 0, plain.len - rest.len));
        plain = rest;
    }
}

static void write_lines(struct buf *out, struct str plain)
{
    size_t empty = 0;
    bool is_first = true;
    while (!str_is_absent(plain)) {
        struct str line = trimmed(str_cut(&plain, '\n'));
        if (line.len == 0) {
            empty++;
            continue;
        }
        if (!is_first)
            buf_add(out, empty > 0 ? STR("\n\n") : STR("\n"));
        buf_add(out, is_item(line) ? STR("- ") : STR(""));
        add_on_one_line(out, is_item(line) ? trimmed(str_after(line, 2)) : line);
        is_first = false;
        empty = 0;
    }
}

void text_normal_write(struct buf *out, struct str plain)
{
    struct buf visible BUF_SCOPE = BUF_INIT(plain.len);
    add_visible(&visible, plain);
    write_lines(out, buf_str(&visible));
}

void source_writer_add_line(struct source_writer *writer, struct str line)
{
    unsigned level = 0;
    while (level < line.len && level < SOURCE_LEVEL_MAX && line.at[level] == '#')
        level++;
    if (level > 0 && level < line.len && line.at[level] == ' ')
        source_writer_add(writer, SOURCE_HEADING, level, str_after(line, level));
    else if (is_item(line))
        source_writer_add(writer, SOURCE_ITEM, 0, str_after(line, 2));
    else
        source_writer_add(writer, SOURCE_PARAGRAPH, 0, line);
}

bool source_line_next(struct str *plain, struct str *ret_line)
{
    while (!str_is_absent(*plain)) {
        *ret_line = trimmed(str_cut(plain, '\n'));
        if (ret_line->len > 0)
            return true;
    }
    return false;
}

enum status source_of_text(struct arena *arena, struct str plain, struct source *source)
{
    struct source_writer writer = source_writer_begin();
    struct str line;
    while (source_line_next(&plain, &line))
        source_writer_add_line(&writer, line);
    enum status done = source_writer_end(&writer, arena, source);
    source_writer_finish(&writer);
    return done;
}
