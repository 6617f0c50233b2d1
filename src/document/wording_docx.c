#include "document/wording_kind.h"

#include <stdlib.h>
#include <string.h>

#include "document/wording_lines.h"
#include "document/wording_xml.h"

enum { STYLES_MAX = 400, STYLE_ID_MAX = 60, PART_NAME_MAX = 200 };

/* What a paragraph style of styles.xml makes of a paragraph. */
struct style {
    char id[STYLE_ID_MAX];
    size_t id_len;
    enum wording_line kind;
};

struct docx {
    struct wording_lines lines;
    struct style styles[STYLES_MAX]; /* only those that are no plain paragraph */
    size_t style_count;
    struct style defining; /* the style that is being read; id_len 0: none */
    enum wording_line kind; /* of the paragraph that is open */
    size_t skipped;
    bool is_text, is_hidden, is_heading; /* within w:t; within a hidden run; the paragraph is a heading by itself */
};

static bool is(const struct wording_tag *tag, const char *name)
{
    return str_eq(tag->name, str_of(name));
}

/* WordprocessingML, transitional or strict; DrawingML and others have names of their own. */
static bool is_word(const struct wording_tag *tag)
{
    return str_find(tag->space, STR("wordprocessingml/")) != SIZE_MAX;
}

static struct str value_of(const struct wording_tag *tag)
{
    struct str value = wording_attribute(tag, "val");
    return str_is_absent(value) ? STR("") : value;
}

/* A switch is on unless it says otherwise (ISO/IEC 29500-1, section 17.17.4). */
static bool is_on(const struct wording_tag *tag)
{
    struct str value = value_of(tag);
    return !str_eq(value, STR("0")) && !str_eq(value, STR("false")) && !str_eq(value, STR("off"));
}

static enum wording_line level_kind(int64_t level)
{
    return level <= 1 ? WORDING_HEADING : WORDING_SUBHEADING;
}

/* ---- styles ---- */

/* The built-in names are English in every language's Word (section 17.7.4.9). */
static enum wording_line named_kind(struct str name)
{
    int64_t level;
    if (str_starts_nocase(name, STR("heading ")) && str_to_i64(str_after(name, 8), &level) == OK)
        return level_kind(level);
    if (str_eq_nocase(name, STR("title")))
        return WORDING_HEADING;
    bool is_list = str_starts_nocase(name, STR("list bullet")) || str_starts_nocase(name, STR("list number"));
    return is_list ? WORDING_ITEM : WORDING_PARAGRAPH;
}

static void begin_style(struct docx *docx, const struct wording_tag *tag)
{
    struct str id = wording_attribute(tag, "styleId");
    docx->defining = (struct style){0};
    if (id.len == 0 || id.len > STYLE_ID_MAX)
        return;
    memcpy(docx->defining.id, id.at, id.len);
    docx->defining.id_len = id.len;
}

static void styles_begin(void *with, const struct wording_tag *tag)
{
    struct docx *docx = with;
    int64_t level;
    if (is(tag, "style"))
        begin_style(docx, tag);
    else if (is(tag, "name"))
        docx->defining.kind = named_kind(value_of(tag));
    else if (is(tag, "outlineLvl") && str_to_i64(value_of(tag), &level) == OK && level < 9)
        docx->defining.kind = level_kind(level + 1);
    else if (is(tag, "numPr") && docx->defining.kind == WORDING_PARAGRAPH)
        docx->defining.kind = WORDING_ITEM;
}

static void styles_end(void *with, const struct wording_tag *tag)
{
    struct docx *docx = with;
    if (!is(tag, "style"))
        return;
    bool is_kept = docx->defining.id_len > 0 && docx->defining.kind != WORDING_PARAGRAPH;
    if (is_kept && docx->style_count < STYLES_MAX)
        docx->styles[docx->style_count++] = docx->defining;
    docx->defining = (struct style){0};
}

static enum wording_line styled_kind(const struct docx *docx, struct str id)
{
    for (size_t i = 0; i < docx->style_count; i++)
        if (str_eq((struct str){docx->styles[i].id, docx->styles[i].id_len}, id))
            return docx->styles[i].kind;
    return WORDING_PARAGRAPH;
}

/* ---- the document ---- */

/* What was deleted or moved away, and what stands there twice for older programs. */
static bool is_silent(const struct wording_tag *tag)
{
    if (is(tag, "Fallback"))
        return true;
    return is_word(tag) && (is(tag, "del") || is(tag, "moveFrom") || is(tag, "rt"));
}

static void begin_paragraph(struct docx *docx)
{
    wording_paragraph_begin(&docx->lines);
    if (docx->lines.paragraphs > 1)
        return;
    docx->kind = WORDING_PARAGRAPH;
    docx->is_heading = false;
}

/* What stands in a paragraph's or a run's properties. */
static void note_property(struct docx *docx, const struct wording_tag *tag)
{
    int64_t level;
    bool is_outer = docx->lines.paragraphs == 1;
    if (is_outer && is(tag, "pStyle") && !docx->is_heading && docx->kind == WORDING_PARAGRAPH)
        docx->kind = styled_kind(docx, value_of(tag));
    else if (is_outer && is(tag, "numPr") && docx->kind == WORDING_PARAGRAPH)
        docx->kind = WORDING_ITEM;
    else if (is_outer && is(tag, "outlineLvl") && str_to_i64(value_of(tag), &level) == OK && level < 9) {
        docx->kind = level_kind(level + 1);
        docx->is_heading = true;
    } else if (is(tag, "vanish"))
        docx->is_hidden = is_on(tag);
}

static void docx_begin(void *with, const struct wording_tag *tag)
{
    struct docx *docx = with;
    if (docx->skipped > 0 || is_silent(tag)) {
        docx->skipped++;
        return;
    }
    if (!is_word(tag))
        return;
    if (is(tag, "p"))
        begin_paragraph(docx);
    else if (is(tag, "r"))
        docx->is_hidden = false;
    else if (is(tag, "t"))
        docx->is_text = true;
    else if (is(tag, "tr"))
        wording_row_begin(&docx->lines);
    else if (is(tag, "tab") || is(tag, "br") || is(tag, "cr"))
        wording_words(&docx->lines, STR(" "));
    else if (is(tag, "noBreakHyphen"))
        wording_words(&docx->lines, STR("-"));
    else
        note_property(docx, tag);
}

static void docx_end(void *with, const struct wording_tag *tag)
{
    struct docx *docx = with;
    if (docx->skipped > 0) {
        docx->skipped--;
        return;
    }
    if (!is_word(tag))
        return;
    if (is(tag, "p"))
        wording_paragraph_end(&docx->lines, docx->kind);
    else if (is(tag, "t"))
        docx->is_text = false;
    else if (is(tag, "r") || is(tag, "pPr"))
        docx->is_hidden = false; /* a paragraph's own mark may be hidden; its words are not */
    else if (is(tag, "tc"))
        wording_cell_end(&docx->lines);
    else if (is(tag, "tr"))
        wording_row_end(&docx->lines);
}

static void docx_words(void *with, struct str words)
{
    struct docx *docx = with;
    if (docx->is_text && !docx->is_hidden && docx->skipped == 0)
        wording_words(&docx->lines, words);
}

static bool docx_is_over(const void *with)
{
    const struct docx *docx = with;
    return wording_lines_status(&docx->lines) != OK;
}

/* ---- which part is the document (ISO/IEC 29500-2, section 8.3) ---- */

struct relation {
    char part[PART_NAME_MAX + 1];
};

static void relation_begin(void *with, const struct wording_tag *tag)
{
    struct relation *relation = with;
    struct str type = wording_attribute(tag, "Type"), target = wording_attribute(tag, "Target");
    if (str_starts(target, STR("/")))
        target = str_after(target, 1);
    bool is_document = is(tag, "Relationship") && str_ends(type, STR("/officeDocument"));
    if (!is_document || relation->part[0] != 0 || target.len == 0 || target.len > PART_NAME_MAX)
        return;
    memcpy(relation->part, target.at, target.len);
    relation->part[target.len] = 0;
}

static enum status read_parts(struct docx *docx, struct wording_zip *zip)
{
    static const struct wording_xml_reader relations = {.begin = relation_begin};
    static const struct wording_xml_reader styles = {.begin = styles_begin, .end = styles_end};
    static const struct wording_xml_reader words = {docx_begin, docx_end, docx_words, docx_is_over};
    struct relation relation = {{0}};
    TRY(wording_xml_read(zip, "_rels/.rels", &relations, &relation));
    enum status styled = wording_xml_read(zip, "word/styles.xml", &styles, docx);
    if (styled != OK)
        docx->style_count = 0; /* then all are paragraphs */
    TRY(wording_xml_read(zip, relation.part, &words, docx));
    return wording_lines_status(&docx->lines);
}

enum status wording_docx(struct wording_zip *zip, struct buf *text, struct buf *title)
{
    struct docx *docx = calloc(1, sizeof *docx);
    if (docx == NULL)
        return LIMIT;
    wording_lines_init(&docx->lines, text);
    enum status done = read_parts(docx, zip);
    wording_lines_finish(&docx->lines);
    free(docx);
    if (done == OK)
        wording_one_element(zip, "docProps/core.xml", "title", title);
    return done;
}
