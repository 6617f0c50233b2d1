#include "service/source/lines.h"

#include "base/utf8.h"

/* How far a text is gone through. */
struct walk {
    struct str rest, line; /* of the words; of the line that is being cut */
    int64_t number;        /* of that line */
    size_t piece;
    int64_t page, pieces, bytes; /* the page that the newest piece stands on, and what is on it with that piece */
};

static struct walk walk_begin(struct str words)
{
    return (struct walk){.rest = words, .line = STR(""), .number = -1, .page = 1};
}

/* Up to a blank where there is one. */
static struct str piece_of(struct str line)
{
    if (line.len <= LINES_PIECE_LEN)
        return line;
    struct str piece = utf8_prefix(line, LINES_PIECE_LEN);
    size_t blank = str_find_byte_last(piece, ' ');
    return blank == SIZE_MAX || blank == 0 ? piece : str_slice(piece, 0, blank);
}

static bool walk_next(struct walk *walk, struct str *ret_piece)
{
    walk->piece++;
    if (walk->line.len == 0) {
        if (!source_line_next(&walk->rest, &walk->line))
            return false;
        walk->number++;
        walk->piece = 0;
    }
    *ret_piece = piece_of(walk->line);
    walk->line = str_after(walk->line, ret_piece->len);
    walk->pieces++;
    walk->bytes += (int64_t)ret_piece->len;
    if (walk->pieces > LINES_PAGE_MAX || walk->bytes > LINES_PAGE_LEN) {
        walk->page++;
        walk->pieces = 1;
        walk->bytes = (int64_t)ret_piece->len;
    }
    return true;
}

/* How many pages there are, and the one where a line begins. */
static void count_pages(struct str words, int64_t line, struct lines_page *page)
{
    struct walk walk = walk_begin(words);
    struct str piece;
    int64_t of_line = 1;
    while (walk_next(&walk, &piece))
        if (walk.number == line && walk.piece == 0)
            of_line = walk.page;
    page->count = walk.page;
    if (page->number == 0)
        page->number = of_line;
}

/* What follows the first piece of a line is never a heading. */
static enum status add_piece(struct arena *arena, const struct walk *walk, struct str text, struct lines_page *page)
{
    struct source_writer writer = source_writer_begin();
    struct source source;
    if (walk->piece == 0)
        source_writer_add_line(&writer, text);
    else
        source_writer_add(&writer, SOURCE_PARAGRAPH, 0, text);
    enum status done = source_writer_end(&writer, arena, &source);
    source_writer_finish(&writer);
    TRY(done);
    if (source.block_count > 0) /* else blanks alone */
        page->pieces[page->piece_count++] = (struct lines_piece){.text = source_block_text(&source, 0),
                                                                 .kind = source.blocks[0].kind,
                                                                 .line = walk->number,
                                                                 .number = walk->piece};
    return OK;
}

enum status lines_page(struct arena *arena, struct str words, int64_t number, int64_t line, struct lines_page *ret_page)
{
    struct walk walk = walk_begin(words);
    struct str piece;
    *ret_page = (struct lines_page){.number = number};
    count_pages(words, line, ret_page);
    if (ret_page->number < 1 || ret_page->number > ret_page->count)
        return NOT_FOUND;
    ret_page->pieces = arena_array(arena, struct lines_piece, LINES_PAGE_MAX);
    if (ret_page->pieces == NULL)
        return LIMIT;
    while (walk_next(&walk, &piece) && walk.page <= ret_page->number)
        if (walk.page == ret_page->number)
            TRY(add_piece(arena, &walk, piece, ret_page));
    return OK;
}
