/* Rows of glyphs as operators of a page (ISO 32000-1 section 9.4). */
#include "document/pdf_text.h"

struct pen {
    const struct pdf_text *text;
    struct buf *content;
    struct pdf_usage *usage;
    struct arena *arena;
    int64_t size;
    int face; /* -1: none is set yet */
    bool is_open; /* within [<...>] TJ */
};

static void close_run(struct pen *pen)
{
    if (pen->is_open)
        buf_add_literal(pen->content, ">] TJ\n");
    pen->is_open = false;
}

static void open_run(struct pen *pen, int face)
{
    if (pen->face != face) {
        close_run(pen);
        buf_add_format(pen->content, "/F%d ", face);
        pdf_add_thousandths(pen->content, pen->size);
        buf_add_literal(pen->content, " Tf\n");
        pen->face = face;
    }
    if (!pen->is_open)
        buf_add_literal(pen->content, "[<");
    pen->is_open = true;
}

/* Moves the pen; a number in TJ moves it back. */
static void move(struct pen *pen, int32_t by)
{
    if (by == 0)
        return;
    buf_add_byte(pen->content, '>');
    buf_add_i64(pen->content, -(int64_t)by);
    buf_add_byte(pen->content, '<');
}

static void show(struct pen *pen, const struct pdf_glyph *glyph)
{
    int32_t natural = hb_font_get_glyph_h_advance(pen->text->fonts->at[glyph->face].font, glyph->id);
    if (glyph->shift_y != 0) {
        close_run(pen);
        pdf_add_thousandths(pen->content, glyph->shift_y * pen->size / 1000);
        buf_add_literal(pen->content, " Ts\n");
    }
    open_run(pen, glyph->face);
    move(pen, glyph->shift_x);
    pdf_add_hex(pen->content, glyph->id);
    move(pen, glyph->advance - natural - glyph->shift_x);
    if (glyph->shift_y != 0) {
        close_run(pen);
        buf_add_literal(pen->content, "0 Ts\n");
    }
}

/* A glyph has one text in a file's map. No-break spaces are often drawn by the glyph of the plain one: a space to all
 * who read. */
static uint32_t plain(uint32_t point)
{
    return point == 0xA0 || point == 0x202F || point == 0x2007 ? ' ' : point;
}

static bool is_same(const struct pdf_spelling *spelling, const uint32_t *points, uint32_t count)
{
    for (uint32_t i = 0; i < count && spelling->count == count; i++)
        if (spelling->points[i] != plain(points[i]))
            return false;
    return spelling->count == count;
}

/* Notes what a glyph stands for: `count` of its code points; *ret_is_other when another text was noted before. */
static enum status spell(struct pen *pen, const struct pdf_glyph *glyph, uint32_t count, bool *ret_is_other)
{
    struct pdf_usage *usage = &pen->usage[glyph->face];
    const uint32_t *points = &pen->text->points[glyph->from];
    if (usage->glyphs == NULL)
        usage->glyphs = arena_array(pen->arena, struct pdf_spelling, pen->text->fonts->at[glyph->face].glyph_count);
    if (usage->glyphs == NULL)
        return LIMIT;
    struct pdf_spelling *spelling = &usage->glyphs[glyph->id];
    *ret_is_other = spelling->count > 0 && !is_same(spelling, points, count);
    if (spelling->count > 0)
        return OK;
    uint32_t *own = arena_array(pen->arena, uint32_t, count);
    if (own == NULL)
        return LIMIT;
    for (uint32_t i = 0; i < count; i++)
        own[i] = plain(points[i]);
    *spelling = (struct pdf_spelling){own, count};
    return OK;
}

/* Glyphs of the same letters. Where the map cannot say what they are (several glyphs for them, or another text for the
 * same glyph), the page does (section 14.9.4). */
static enum status show_letter(struct pen *pen, const struct pdf_glyph *glyphs, uint32_t count)
{
    enum { LIGATURE_MAX = 8 };
    uint32_t points = glyphs->to - glyphs->from;
    bool is_group = count > 1 || points > LIGATURE_MAX, is_said = is_group;
    for (uint32_t i = 0; i < count; i++) {
        bool is_other = false;
        TRY(spell(pen, &glyphs[i], is_group ? 1 : points, &is_other));
        is_said = is_said || is_other;
    }
    if (is_said) {
        close_run(pen);
        buf_add_literal(pen->content, "/Span << /ActualText ");
        pdf_add_points(pen->content, &pen->text->points[glyphs->from], points, true);
        buf_add_literal(pen->content, " >> BDC\n");
    }
    for (uint32_t i = 0; i < count; i++)
        show(pen, &glyphs[i]);
    if (is_said) {
        close_run(pen);
        buf_add_literal(pen->content, "EMC\n");
    }
    return OK;
}

static enum status show_word(struct pen *pen, const struct pdf_word *word)
{
    const struct pdf_glyph *glyphs = &pen->text->glyphs.at[word->first];
    for (uint32_t at = 0, count; at < word->count; at += count) {
        for (count = 1; at + count < word->count && glyphs[at + count].from == glyphs[at].from;)
            count++;
        TRY(show_letter(pen, &glyphs[at], count));
    }
    return OK;
}

/* Spaces are drawn, also at the end of a line: readers take them for what parts two words. */
static enum status show_space(struct pen *pen)
{
    static uint32_t space_point = ' ';
    struct pdf_text space = *pen->text;
    const struct pdf_font *font = &space.fonts->at[space.face];
    struct pdf_glyph glyph = {.id = font->space, .to = 1, .advance = font->space_width, .face = (uint8_t)space.face};
    struct pen of_space = *pen;
    space.points = &space_point;
    of_space.text = &space;
    enum status done = show_letter(&of_space, &glyph, 1);
    pen->face = of_space.face;
    pen->is_open = of_space.is_open;
    return done;
}

enum status pdf_text_draw(const struct pdf_text *text, const struct pdf_row *row, struct pdf_place place,
                          struct buf *content, struct pdf_usage *usage, struct arena *arena)
{
    struct pen pen = {text, content, usage, arena, place.size, -1, false};
    buf_add_literal(content, "BT 1 0 0 1 ");
    pdf_add_thousandths(content, place.x);
    buf_add_byte(content, ' ');
    pdf_add_thousandths(content, place.y);
    buf_add_literal(content, " Tm\n");
    for (uint32_t i = 0; i < row->count; i++) {
        const struct pdf_word *word = &text->words.at[row->first + i];
        TRY(show_word(&pen, word));
        if (word->has_space)
            TRY(show_space(&pen));
    }
    close_run(&pen);
    buf_add_literal(content, "ET\n");
    return OK;
}
