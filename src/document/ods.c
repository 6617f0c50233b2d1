#include "document/ods.h"

#include "base/utf8.h"
#include "document/zip_write.h"

#define SPACE "urn:oasis:names:tc:opendocument:xmlns:"
#define MIME "application/vnd.oasis.opendocument.spreadsheet"
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NUMBER(places, grouping)                                                                                       \
    "<number:number number:decimal-places=\"" places "\" number:min-integer-digits=\"1\" number:grouping=\"" grouping  \
    "\"/>"

enum { VALUE_MAX = 40 /* bytes of an amount, a date, a number */ };

/* Styles c0 to c2: an amount, a date, a head. */
static const char before[] = XML_HEAD
    "<office:document-content office:version=\"1.2\" xmlns:office=\"" SPACE "office:1.0\" xmlns:table=\"" SPACE
    "table:1.0\" xmlns:text=\"" SPACE "text:1.0\" xmlns:style=\"" SPACE "style:1.0\" xmlns:number=\"" SPACE
    "datastyle:1.0\" xmlns:fo=\"" SPACE "xsl-fo-compatible:1.0\"><office:automatic-styles>"
    "<number:number-style style:name=\"n0\">" NUMBER("2", "true") "</number:number-style>"
    "<number:date-style style:name=\"n1\"><number:day number:style=\"long\"/><number:text>/</number:text>"
    "<number:month number:style=\"long\"/><number:text>/</number:text><number:year number:style=\"long\"/>"
    "</number:date-style>"
    "<style:style style:name=\"c0\" style:family=\"table-cell\" style:data-style-name=\"n0\"/>"
    "<style:style style:name=\"c1\" style:family=\"table-cell\" style:data-style-name=\"n1\"/>"
    "<style:style style:name=\"c2\" style:family=\"table-cell\"><style:text-properties fo:font-weight=\"bold\"/>"
    "</style:style></office:automatic-styles><office:body><office:spreadsheet>";
static const char after[] = "</office:spreadsheet></office:body></office:document-content>\n";

static const char manifest[] = XML_HEAD
    "<manifest:manifest xmlns:manifest=\"" SPACE "manifest:1.0\" manifest:version=\"1.2\">"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\" manifest:media-type=\"" MIME "\"/>"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>\n";

/* ---- texts ---- */

static const char *escape_of(char byte)
{
    return byte == '&' ? "&amp;" : byte == '<' ? "&lt;" : byte == '>' ? "&gt;" : byte == '"' ? "&quot;" : NULL;
}

/* Runs of what may stand as it is go in one piece; XML 1.0 has no place for control characters. */
static void add_clean(struct buf *out, struct str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *escape = escape_of(text.at[i]);
        bool is_control = (unsigned char)text.at[i] < ' ';
        if (escape == NULL && !is_control)
            continue;
        buf_add(out, str_slice(text, from, i));
        buf_add_c(out, is_control ? " " : escape);
        from = i + 1;
    }
    buf_add(out, str_after(text, from));
}

static void add_text(struct ods *ods, struct str text)
{
    struct buf repaired BUF_SCOPE = BUF_INIT(3 * ODS_TEXT_MAX);
    if (text.len > ODS_TEXT_MAX) {
        ods->is_wrong = true;
        return;
    }
    if (utf8_is_valid(text)) {
        add_clean(&ods->content, text);
        return;
    }
    utf8_repair(&repaired, text);
    add_clean(&ods->content, buf_str(&repaired));
}

/* ---- cells ---- */

#define CELL "<table:table-cell"
#define CELL_END "</text:p></table:table-cell>"

static void add_words(struct ods *ods, struct str text, bool is_head)
{
    buf_add_c(&ods->content, is_head ? CELL " table:style-name=\"c2\"" : CELL);
    buf_add_literal(&ods->content, " office:value-type=\"string\"><text:p>");
    add_text(ods, text);
    buf_add_literal(&ods->content, CELL_END);
}

static void write_value(struct buf *out, const struct ods_cell *cell)
{
    if (cell->kind == ODS_MONEY)
        money_write(out, cell->money);
    else if (cell->kind == ODS_DATE)
        date_write(out, cell->date);
    else
        buf_add_i64(out, cell->number);
}

/* The value stands there twice: for programs, and as what is shown where styles are not known. */
static void add_value(struct ods *ods, const struct ods_cell *cell)
{
    static const char *const attributes[] = {
        [ODS_MONEY] = CELL " table:style-name=\"c0\" office:value-type=\"float\" office:value=\"",
        [ODS_DATE] = CELL " table:style-name=\"c1\" office:value-type=\"date\" office:date-value=\"",
        [ODS_NUMBER] = CELL " office:value-type=\"float\" office:value=\""};
    char value[VALUE_MAX];
    struct buf *out = &ods->content;
    buf_add_c(out, attributes[cell->kind]);
    size_t from = out->len;
    write_value(out, cell);
    struct str written = str_slice(buf_str(out), from, from + sizeof value);
    memcpy(value, written.at, written.len);
    buf_add_literal(out, "\"><text:p>");
    buf_add(out, (struct str){value, written.len});
    buf_add_literal(out, CELL_END);
}

static void add_cell(struct ods *ods, const struct ods_cell *cell, bool is_head)
{
    if (cell->kind == ODS_TEXT)
        add_words(ods, cell->text, is_head);
    else if (cell->kind == ODS_NOTHING)
        buf_add_literal(&ods->content, CELL "/>");
    else
        add_value(ods, cell);
}

/* ---- tables ---- */

void ods_begin(struct ods *ods, struct str title, struct str language)
{
    *ods = (struct ods){.content = BUF_INIT(ODS_CONTENT_MAX), .title = title, .language = language};
    buf_add_c(&ods->content, before);
}

void ods_table_begin(struct ods *ods, struct str name, size_t columns)
{
    if (ods->is_in_table || columns == 0 || columns > ODS_COLUMNS_MAX)
        ods->is_wrong = true;
    ods->is_in_table = true;
    ods->has_head = false;
    buf_add_literal(&ods->content, "<table:table table:name=\"");
    add_text(ods, name);
    buf_add_format(&ods->content, "\"><table:table-column table:number-columns-repeated=\"%zu\"/>", columns);
}

void ods_row(struct ods *ods, const struct ods_cell *cells, size_t count)
{
    bool is_head = !ods->has_head;
    if (!ods->is_in_table || count > ODS_COLUMNS_MAX) {
        ods->is_wrong = true;
        return;
    }
    ods->has_head = true;
    buf_add_c(&ods->content, is_head ? "<table:table-header-rows><table:table-row>" : "<table:table-row>");
    for (size_t i = 0; i < count; i++)
        add_cell(ods, &cells[i], is_head);
    buf_add_c(&ods->content, is_head ? "</table:table-row></table:table-header-rows>\n" : "</table:table-row>\n");
}

void ods_table_end(struct ods *ods)
{
    if (!ods->is_in_table || !ods->has_head)
        ods->is_wrong = true;
    ods->is_in_table = false;
    buf_add_literal(&ods->content, "</table:table>");
}

/* ---- the file ---- */

/* Title and language; both are the caller's words. */
static enum status write_meta(const struct ods *ods, struct zip_write *zip)
{
    struct buf meta BUF_SCOPE = BUF_INIT(4 * ODS_TEXT_MAX);
    buf_add_literal(&meta, XML_HEAD "<office:document-meta office:version=\"1.2\" xmlns:office=\"" SPACE
                                    "office:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><office:meta>"
                                    "<dc:title>");
    add_clean(&meta, ods->title);
    buf_add_literal(&meta, "</dc:title><dc:language>");
    add_clean(&meta, ods->language);
    buf_add_literal(&meta, "</dc:language></office:meta></office:document-meta>\n");
    TRY(buf_status(&meta));
    return zip_write_part(zip, "meta.xml", buf_str(&meta), false);
}

static enum status write_parts(struct ods *ods, struct zip_write *zip)
{
    TRY(zip_write_part(zip, "mimetype", STR(MIME), false)); /* first and unpacked: others know the file by it */
    TRY(zip_write_part(zip, "META-INF/manifest.xml", str_of(manifest), false));
    TRY(write_meta(ods, zip));
    return zip_write_part(zip, "content.xml", buf_str(&ods->content), true);
}

enum status ods_end(struct ods *ods, struct buf *out)
{
    struct zip_write zip;
    enum status done = ods->is_in_table ? BUG : OK;
    buf_add_c(&ods->content, after);
    if (done == OK && (ods->is_wrong || buf_status(&ods->content) != OK))
        done = LIMIT;
    zip_write_begin(&zip, out);
    if (done == OK)
        done = write_parts(ods, &zip);
    enum status ended = zip_write_end(&zip);
    ods_drop(ods);
    return done == OK ? ended : done;
}

void ods_drop(struct ods *ods)
{
    buf_finish(&ods->content);
}
