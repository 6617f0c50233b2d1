#include "document/wording_kind.h"
#include "document/wording_lines.h"
#include "document/wording_xml.h"

struct odt {
    struct wording_lines lines;
    size_t skipped; /* elements open within one that says nothing to a reader */
    size_t lists;   /* items of lists that are open */
    int64_t level;  /* of the heading that is open */
};

/* What follows "xmlns:" in the address of a namespace of OpenDocument: "text", "table", "office". */
static struct str family_of(struct str space)
{
    size_t at = str_find(space, STR("xmlns:"));
    struct str rest = at != SIZE_MAX ? str_after(space, at + 6) : STR("");
    return str_cut(&rest, ':');
}

static bool is_text(const struct wording_tag *tag, const char *name)
{
    return str_eq(tag->name, str_of(name)) && str_eq(family_of(tag->space), STR("text"));
}

static bool is_table(const struct wording_tag *tag, const char *name)
{
    return str_eq(tag->name, str_of(name)) && str_eq(family_of(tag->space), STR("table"));
}

/* What was deleted, what somebody remarked, what is made of the rest, what describes a picture, what is hidden. */
static bool is_silent(const struct wording_tag *tag)
{
    static const char *const names[] = {"tracked-changes", "note-citation", "table-of-content", "illustration-index",
                                        "table-index",     "object-index",  "user-index",       "alphabetical-index",
                                        "bibliography",    "script",        "ruby-text"};
    bool is_office = str_eq(family_of(tag->space), STR("office"));
    if (is_office && (str_eq(tag->name, STR("annotation")) || str_eq(tag->name, STR("forms"))))
        return true;
    if (str_eq(family_of(tag->space), STR("svg-compatible")) || str_eq(wording_attribute(tag, "display"), STR("none")))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is_text(tag, names[i]))
            return true;
    return false;
}

static void begin_heading(struct odt *odt, const struct wording_tag *tag)
{
    struct str level = wording_attribute(tag, "outline-level");
    odt->level = 1;
    if (!str_is_absent(level) && str_to_i64(level, &odt->level) != OK)
        odt->level = 1;
    wording_paragraph_begin(&odt->lines);
}

static void odt_begin(void *with, const struct wording_tag *tag)
{
    struct odt *odt = with;
    if (odt->skipped > 0 || is_silent(tag))
        odt->skipped++;
    else if (is_text(tag, "p"))
        wording_paragraph_begin(&odt->lines);
    else if (is_text(tag, "h"))
        begin_heading(odt, tag);
    else if (is_text(tag, "list-item"))
        odt->lists++;
    else if (is_table(tag, "table-row"))
        wording_row_begin(&odt->lines);
    else if (is_text(tag, "s") || is_text(tag, "tab") || is_text(tag, "line-break"))
        wording_words(&odt->lines, STR(" ")); /* how many says nothing: blanks are collapsed */
}

static void odt_end(void *with, const struct wording_tag *tag)
{
    struct odt *odt = with;
    if (odt->skipped > 0)
        odt->skipped--;
    else if (is_text(tag, "p"))
        wording_paragraph_end(&odt->lines, odt->lists > 0 ? WORDING_ITEM : WORDING_PARAGRAPH);
    else if (is_text(tag, "h"))
        wording_paragraph_end(&odt->lines, odt->level <= 1 ? WORDING_HEADING : WORDING_SUBHEADING);
    else if (is_text(tag, "list-item"))
        odt->lists--;
    else if (is_table(tag, "table-cell"))
        wording_cell_end(&odt->lines);
    else if (is_table(tag, "table-row"))
        wording_row_end(&odt->lines);
}

static void odt_words(void *with, struct str words)
{
    struct odt *odt = with;
    if (odt->skipped == 0)
        wording_words(&odt->lines, words);
}

static bool odt_is_over(const void *with)
{
    const struct odt *odt = with;
    return wording_lines_status(&odt->lines) != OK;
}

/* ---- locked: the manifest says how each part is encrypted (OpenDocument 1.3, part 2, section 4.4) ---- */

static void manifest_begin(void *with, const struct wording_tag *tag)
{
    *(bool *)with |= str_eq(tag->name, STR("encryption-data"));
}

static bool manifest_is_over(const void *with)
{
    return *(const bool *)with;
}

static bool is_locked(struct wording_zip *zip)
{
    static const struct wording_xml_reader reader = {.begin = manifest_begin, .is_over = manifest_is_over};
    bool is_found = false;
    enum status done = wording_xml_read(zip, "META-INF/manifest.xml", &reader, &is_found);
    return done == LIMIT && is_found; /* its reading was stopped there */
}

enum status wording_odt(struct wording_zip *zip, struct buf *text, struct buf *title)
{
    static const struct wording_xml_reader reader = {odt_begin, odt_end, odt_words, odt_is_over};
    struct odt odt = {0};
    if (is_locked(zip))
        return DENIED;
    wording_lines_init(&odt.lines, text);
    enum status done = wording_xml_read(zip, "content.xml", &reader, &odt);
    if (done == OK)
        done = wording_lines_status(&odt.lines);
    wording_lines_finish(&odt.lines);
    if (done == OK)
        wording_one_element(zip, "meta.xml", "title", title);
    return done;
}
