#include "language/source/sheet_words.h"

enum { NO_COLUMN = -1 };

static void add_line(struct buf *words, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != ' ' || i == 0 || text.at[i - 1] != ' ')
            buf_add_byte(words, text.at[i]);
}

static void end_line(struct buf *words)
{
    if (words->len > 0 && words->at[words->len - 1] != '\n')
        buf_add_byte(words, '\n');
}

static void add_heading(struct buf *words, unsigned level, struct str text)
{
    for (unsigned i = 0; i < (level > 0 ? level : 1); i++)
        buf_add_byte(words, '#');
    buf_add_byte(words, ' ');
    add_line(words, text);
}

/* A cell further to the right goes on with the row; a second paragraph of one cell too. */
static void begin_cell(struct buf *words, int column, int last)
{
    if (last == NO_COLUMN || column < last || column == 0)
        end_line(words);
    else
        buf_add_c(words, column == last ? " " : " ; ");
}

static void add_block(struct buf *words, const struct source *source, size_t block, int *last_column)
{
    const struct source_block *at = &source->blocks[block];
    struct str text = source_block_text(source, block);
    if (at->kind == SOURCE_CELL)
        begin_cell(words, at->level, *last_column);
    else
        end_line(words);
    *last_column = at->kind == SOURCE_CELL ? at->level : NO_COLUMN;
    if (at->kind == SOURCE_HEADING) {
        add_heading(words, at->level, text);
        return;
    }
    buf_add_c(words, at->kind == SOURCE_ITEM || at->kind == SOURCE_CONTACT ? "- " : "");
    add_line(words, text);
}

/* Blocks up to the last one that is neither whom to ask, legal basis nor words explained. */
static size_t body_of(const struct source *source)
{
    size_t count = source->block_count;
    while (count > 0 && source->blocks[count - 1].kind >= SOURCE_NOTE)
        count--;
    return count;
}

static void add_beside(struct buf *words, const struct source *source, enum source_kind kind, struct str heading)
{
    bool is_first = true;
    for (size_t i = body_of(source); i < source->block_count; i++) {
        if (source->blocks[i].kind != kind)
            continue;
        end_line(words);
        if (is_first) {
            add_heading(words, 1, heading);
            end_line(words);
        }
        is_first = false;
        buf_add_literal(words, "- ");
        add_line(words, source_block_text(source, i));
    }
}

void sheet_words_write(struct buf *words, const struct source *source)
{
    int last_column = NO_COLUMN;
    size_t body = body_of(source);
    for (size_t i = 0; i < body; i++)
        add_block(words, source, i, &last_column);
    add_beside(words, source, SOURCE_CONTACT, STR("Où s’adresser"));
    add_beside(words, source, SOURCE_REFERENCE, STR("Textes de référence"));
    add_beside(words, source, SOURCE_NOTE, STR("Définitions"));
    end_line(words);
}
