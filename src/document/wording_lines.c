#include "document/wording_lines.h"

#include "base/utf8.h"

enum { SOFT_HYPHEN = 0xAD };

void wording_lines_init(struct wording_lines *lines, struct buf *text)
{
    *lines = (struct wording_lines){
        .text = text, .line = BUF_INIT(WORDING_TEXT_MAX), .asides = BUF_INIT(WORDING_TEXT_MAX)};
}

void wording_lines_finish(struct wording_lines *lines)
{
    buf_finish(&lines->line);
    buf_finish(&lines->asides);
}

static bool is_blank(uint32_t point)
{
    return point == ' ' || point == '\t' || point == '\n' || point == '\r' || point == '\f' || point == '\v';
}

/* French blanks before signs stay: they are part of what is quoted. */
void wording_clean(struct buf *out, struct str words)
{
    while (words.len > 0) {
        uint32_t point = utf8_next(&words);
        bool ends_blank = out->len == 0 || out->at[out->len - 1] == ' ' || out->at[out->len - 1] == '\n';
        if (is_blank(point)) {
            if (!ends_blank)
                buf_add_byte(out, ' ');
        } else if (!utf8_is_deceptive(point) && point != SOFT_HYPHEN) {
            utf8_add(out, point);
        }
    }
}

static void write_line(struct buf *out, enum wording_line kind, struct str line)
{
    static const char *const marks[] = {"", "# ", "## ", "- "};
    line = str_trim(line);
    if (line.len == 0)
        return;
    buf_add_c(out, marks[kind]);
    buf_add(out, line);
    buf_add_byte(out, '\n');
}

static void flush(struct wording_lines *lines, enum wording_line kind)
{
    write_line(lines->text, kind, buf_str(&lines->line));
    buf_add(lines->text, buf_str(&lines->asides));
    lines->text->is_over |= lines->line.is_over || lines->asides.is_over;
    buf_clear(&lines->line);
    buf_clear(&lines->asides);
}

static bool is_aside(const struct wording_lines *lines)
{
    return lines->paragraphs > 1;
}

void wording_paragraph_begin(struct wording_lines *lines)
{
    lines->paragraphs++;
}

void wording_paragraph_end(struct wording_lines *lines, enum wording_line kind)
{
    if (is_aside(lines)) {
        if (lines->asides.len > 0 && lines->asides.at[lines->asides.len - 1] != '\n')
            buf_add_byte(&lines->asides, '\n');
    } else if (lines->rows > 0) {
        wording_clean(&lines->line, STR(" "));
    } else {
        flush(lines, kind);
    }
    lines->paragraphs -= lines->paragraphs > 0;
}

void wording_row_begin(struct wording_lines *lines)
{
    lines->rows++;
}

void wording_cell_end(struct wording_lines *lines)
{
    struct str so_far = str_trim(buf_str(&lines->line));
    bool is_parted = so_far.len == 0 || str_ends(so_far, STR(";")); /* an empty cell */
    if (lines->paragraphs == 0 && lines->rows == 1 && !is_parted)
        buf_add_literal(&lines->line, "; ");
}

void wording_row_end(struct wording_lines *lines)
{
    lines->rows -= lines->rows > 0;
    if (lines->rows > 0 || lines->paragraphs > 0)
        return;
    while (str_ends(buf_str(&lines->line), STR(" ")) || str_ends(buf_str(&lines->line), STR(";")))
        lines->line.len--;
    flush(lines, WORDING_PARAGRAPH);
}

void wording_words(struct wording_lines *lines, struct str words)
{
    if (lines->paragraphs > 0)
        wording_clean(is_aside(lines) ? &lines->asides : &lines->line, words);
}

enum status wording_lines_status(const struct wording_lines *lines)
{
    return lines->text->is_over || lines->line.is_over || lines->asides.is_over ? LIMIT : OK;
}
