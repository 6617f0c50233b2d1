#include "document/pdf_text.h"

#include "base/utf8.h"
#include "document/pdf_known.h"

enum { WORD_MAX = 200, SOFT_HYPHEN = 0xAD, SPACES_FROM = 0x2000, SPACES_TO = 0x200A };

/* ---- which code points ---- */

static bool is_newline(uint32_t point)
{
    return point == '\n' || point == 0x2028 || point == 0x2029;
}

static bool is_space(uint32_t point)
{
    return point == ' ' || point == '\t' || (point >= SPACES_FROM && point <= SPACES_TO && point != 0x2007);
}

/* Points that say nothing on paper: soft hyphens, joiners' kin, tags, private use, what is no character. */
static bool is_silent(uint32_t point)
{
    return utf8_is_deceptive(point) || point == SOFT_HYPHEN || point == 0x200B || (point & 0xFFFE) == 0xFFFE ||
           (point >= 0xFDD0 && point <= 0xFDEF) || (point >= 0xE000 && point <= 0xF8FF) || point >= 0xE0000;
}

void pdf_text_clean(struct buf *out, struct str s)
{
    bool is_owed = false, is_begun = false;
    while (s.len > 0) {
        uint32_t point = utf8_next(&s);
        if (is_newline(point)) {
            buf_add_byte(out, '\n');
            is_owed = is_begun = false;
        } else if (is_space(point)) {
            is_owed = is_begun;
        } else if (!is_silent(point)) {
            if (is_owed)
                buf_add_byte(out, ' ');
            utf8_add(out, point);
            is_owed = false;
            is_begun = true;
        }
    }
}

/* ---- shaping ---- */

/* The face a point is drawn in; what no face has becomes U+FFFD, since a file may not name an empty glyph (ISO 14289-1
 * section 7.21.8). A mark stays with the letter before it where that face has it. */
static enum pdf_face settle(struct pdf_text *text, size_t at, enum pdf_face before)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    uint32_t point = text->points[at], glyph;
    hb_unicode_general_category_t category = hb_unicode_general_category(unicode, point);
    bool is_mark = category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
                   category == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK;
    if (is_mark && hb_font_get_nominal_glyph(text->fonts->at[before].font, point, &glyph))
        return before;
    /* No-break spaces and joiners: HarfBuzz makes them where a font has none. */
    if (point == 0xA0 || point == 0x202F || point == 0x2007 || point == 0x200C || point == 0x200D)
        return before;
    enum pdf_face face = pdf_face_of(text->fonts, text->face, point);
    if (face != PDF_FACES)
        return face;
    text->points[at] = UTF8_REPLACEMENT;
    return pdf_face_of(text->fonts, text->face, UTF8_REPLACEMENT);
}

static hb_script_t script_at(const struct pdf_text *text, size_t at, hb_script_t before)
{
    hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), text->points[at]);
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED ? before : script;
}

/* Each glyph's code points end where those of the next letter begin: in a run from right to left that is the glyph
 * before it. */
static void set_ends(struct pdf_glyph *glyphs, size_t count, uint32_t run_end, bool is_backward)
{
    uint32_t end = run_end, last = run_end;
    for (size_t i = 0; i < count; i++) {
        struct pdf_glyph *glyph = &glyphs[is_backward ? i : count - 1 - i];
        if (glyph->from != last) {
            end = last;
            last = glyph->from;
        }
        glyph->to = end;
    }
}

static enum status take_glyphs(struct pdf_text *text, hb_buffer_t *buffer, enum pdf_face face, uint32_t run_end)
{
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    size_t first = text->glyphs.count;
    for (unsigned i = 0; i < count; i++) {
        struct pdf_glyph *glyph = list_add(&text->glyphs, text->arena, PDF_GLYPHS_MAX);
        if (glyph == NULL)
            return LIMIT;
        *glyph = (struct pdf_glyph){.id = infos[i].codepoint,
                                    .from = infos[i].cluster,
                                    .advance = positions[i].x_advance,
                                    .shift_x = positions[i].x_offset,
                                    .shift_y = positions[i].y_offset,
                                    .face = (uint8_t)face};
        /* A joiner no face has. It is drawn as nothing, and so is left out. */
        if (glyph->id == 0)
            text->glyphs.count--;
    }
    if (text->glyphs.count > first)
        set_ends(&text->glyphs.at[first], text->glyphs.count - first, run_end,
                 HB_DIRECTION_IS_BACKWARD(hb_buffer_get_direction(buffer)));
    return OK;
}

struct run {
    size_t from, to;
    enum pdf_face face;
    hb_script_t script;
};

static enum status shape_run(struct pdf_text *text, hb_buffer_t *buffer, const struct run *run)
{
    hb_script_t script = run->script == HB_SCRIPT_COMMON ? HB_SCRIPT_LATIN : run->script;
    hb_direction_t direction = hb_script_get_horizontal_direction(script);
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_codepoints(buffer, text->points, (int)text->point_count, (unsigned)run->from,
                             (int)(run->to - run->from));
    hb_buffer_set_script(buffer, script);
    hb_buffer_set_direction(buffer, direction == HB_DIRECTION_RTL ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, text->language);
    hb_shape(text->fonts->at[run->face].font, buffer, NULL, 0);
    if (!hb_buffer_allocation_successful(buffer))
        return LIMIT;
    return take_glyphs(text, buffer, run->face, (uint32_t)run->to);
}

/* Runs of one face and one script, from `from` up to `to`. */
static enum status shape_runs(struct pdf_text *text, hb_buffer_t *buffer, size_t from, size_t to)
{
    struct run run = {from, from, text->face, HB_SCRIPT_COMMON};
    for (size_t at = from; at < to; at++) {
        enum pdf_face face = settle(text, at, run.face);
        hb_script_t script = script_at(text, at, run.script);
        if (face != run.face || (script != run.script && run.script != HB_SCRIPT_COMMON)) {
            if (run.to > run.from)
                TRY(shape_run(text, buffer, &run));
            run.from = at;
        }
        run = (struct run){run.from, at + 1, face, script};
    }
    return run.to > run.from ? shape_run(text, buffer, &run) : OK;
}

static enum status add_word(struct pdf_text *text, hb_buffer_t *buffer, size_t from, size_t to)
{
    struct pdf_word *word = list_add(&text->words, text->arena, PDF_GLYPHS_MAX);
    if (word == NULL)
        return LIMIT;
    word->first = (uint32_t)text->glyphs.count;
    enum status known = pdf_known_add(text->known, text, from, to);
    if (known == NOT_FOUND) {
        TRY(shape_runs(text, buffer, from, to));
        pdf_known_keep(text->known, text, from, to, word->first);
    } else {
        TRY(known);
    }
    word->count = (uint32_t)text->glyphs.count - word->first;
    for (size_t i = 0; i < word->count; i++)
        word->width += text->glyphs.at[word->first + i].advance;
    word->has_space = to < text->point_count && text->points[to] == ' ';
    word->ends_line = to < text->point_count && text->points[to] == '\n';
    return OK;
}

/* A line may break behind a hyphen or a dash between letters, as in "rendez-vous". */
static bool is_break(const struct pdf_text *text, size_t from, size_t at)
{
    uint32_t point = text->points[at];
    return (point == '-' || point == 0x2010 || point == 0x2013) && at > from && at + 1 < text->point_count &&
           text->points[at - 1] > '9' && text->points[at + 1] > '9';
}

/* A word longer than any is shaped in parts: HarfBuzz looks back from each mark to its letter, which in a word of a
 * hundred thousand marks takes seconds. */
static enum status shape_words(struct pdf_text *text, hb_buffer_t *buffer)
{
    size_t from = 0;
    while (from < text->point_count) {
        size_t to = from;
        bool is_hyphen = false;
        while (to < text->point_count && to - from < WORD_MAX && text->points[to] != ' ' && text->points[to] != '\n' &&
               !is_hyphen)
            is_hyphen = is_break(text, from, to++);
        TRY(add_word(text, buffer, from, to));
        bool has_gap = to < text->point_count && (text->points[to] == ' ' || text->points[to] == '\n');
        from = to + has_gap;
    }
    return OK;
}

enum status pdf_text_shape(struct pdf_text *text, struct str utf8, size_t max)
{
    struct buf clean BUF_SCOPE = BUF_INIT(3 * max + 1); /* a byte may become U+FFFD, which has three */
    if (utf8.len > max)
        return LIMIT;
    pdf_text_clean(&clean, utf8);
    struct str rest = buf_str(&clean);
    text->points = arena_array(text->arena, uint32_t, rest.len + 1);
    if (text->points == NULL)
        return LIMIT;
    while (rest.len > 0)
        text->points[text->point_count++] = utf8_next(&rest);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    enum status done = shape_words(text, buffer);
    hb_buffer_destroy(buffer);
    return done;
}

/* ---- lines ---- */

/* Cuts from a word that is too wide as many letters as fit, and one at least; the rest is the next word. */
static enum status cut_word(struct pdf_text *text, const struct pdf_word *whole, int32_t width)
{
    struct pdf_word left = *whole;
    while (left.width > width) {
        struct pdf_word part = {.first = left.first};
        int32_t letter = 0;
        for (uint32_t i = 0; i < left.count; i++) {
            const struct pdf_glyph *glyph = &text->glyphs.at[left.first + i];
            if (i > 0 && glyph->from != glyph[-1].from) {
                part = (struct pdf_word){.first = left.first, .count = i, .width = part.width + letter};
                letter = 0;
            }
            letter += glyph->advance;
            if (part.count > 0 && part.width + letter > width)
                break;
        }
        if (part.count == 0)
            break; /* one letter, wider than all */
        struct pdf_word *added = list_add(&text->words, text->arena, PDF_GLYPHS_MAX);
        if (added == NULL)
            return LIMIT;
        *added = part;
        left.first += part.count;
        left.count -= part.count;
        left.width -= part.width;
    }
    struct pdf_word *last = list_add(&text->words, text->arena, PDF_GLYPHS_MAX);
    if (last == NULL)
        return LIMIT;
    *last = left;
    return OK;
}

static enum status cut_words(struct pdf_text *text, int32_t width)
{
    struct pdf_words whole = text->words;
    if (pdf_text_widest(text) <= width)
        return OK;
    text->words = (struct pdf_words){0};
    for (size_t i = 0; i < whole.count; i++)
        TRY(cut_word(text, &whole.at[i], width));
    return OK;
}

enum status pdf_text_break(struct pdf_text *text, int32_t width)
{
    struct pdf_row *row = NULL;
    bool is_ended = true;
    int32_t space = text->fonts->at[text->face].space_width, gap = 0;
    TRY(cut_words(text, width));
    text->rows.count = 0;
    for (uint32_t i = 0; i < text->words.count; i++) {
        const struct pdf_word *word = &text->words.at[i];
        if (is_ended || row == NULL || row->width + gap + word->width > width) {
            row = list_add(&text->rows, text->arena, PDF_GLYPHS_MAX);
            if (row == NULL)
                return LIMIT;
            *row = (struct pdf_row){.first = i};
            gap = 0;
        }
        row->count++;
        row->width += gap + word->width;
        gap = word->has_space ? space : 0;
        is_ended = word->ends_line;
    }
    return OK;
}

int32_t pdf_text_widest(const struct pdf_text *text)
{
    int32_t widest = 0;
    for (size_t i = 0; i < text->words.count; i++)
        if (text->words.at[i].width > widest)
            widest = text->words.at[i].width;
    return widest;
}
