#include "document/wording.h"

#include "base/utf8.h"
#include "document/wording_kind.h"
#include "document/wording_lines.h"
#include "document/wording_xml.h"

enum { PDF_HEAD = 1024 /* where its first line may begin (ISO 32000-1, annex H.3.4.1) */, TYPE_MAX = 200 };

bool wording_is_pdf(struct str bytes)
{
    return str_find(str_slice(bytes, 0, PDF_HEAD), STR("%PDF-")) != SIZE_MAX;
}

static bool is_zip(struct str bytes)
{
    return str_starts(bytes, STR("PK\x03\x04"));
}

/* Word's form before 2007, and whatever Office locks with a password (MS-CFB, section 2.2); RTF. */
static bool is_old(struct str bytes)
{
    return str_starts(bytes, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) || str_starts(bytes, STR("{\\rtf"));
}

bool wording_is_document(struct str bytes)
{
    return is_zip(bytes) || wording_is_pdf(bytes) || is_old(bytes);
}

bool wording_is_text(struct str bytes)
{
    bool is_utf8 = utf8_is_valid(bytes);
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.at[i];
        bool is_control = (byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f') || byte == 0x7F;
        /* What Windows-1252 gives no character (its table of the WHATWG Encoding Standard). */
        bool is_hole = byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D;
        if (is_control || (!is_utf8 && is_hole))
            return false;
    }
    return true;
}

/* ---- one element ---- */

struct element {
    const char *name;
    struct buf *out;
    size_t open;
};

static void element_begin(void *with, const struct wording_tag *tag)
{
    struct element *element = with;
    element->open += element->open > 0 || (element->out->len == 0 && str_eq(tag->name, str_of(element->name)));
}

static void element_end(void *with, const struct wording_tag *tag)
{
    struct element *element = with;
    (void)tag;
    element->open -= element->open > 0;
}

static void element_words(void *with, struct str words)
{
    const struct element *element = with;
    size_t room = element->out->max - element->out->len;
    if (element->open > 0)
        wording_clean(element->out, utf8_prefix(words, room));
}

static bool element_is_over(const void *with)
{
    const struct element *element = with;
    return element->out->is_over;
}

void wording_one_element(struct wording_zip *zip, const char *part, const char *name, struct buf *out)
{
    static const struct wording_xml_reader reader = {element_begin, element_end, element_words, element_is_over};
    struct element element = {.name = name, .out = out};
    if (wording_xml_read(zip, part, &reader, &element) != OK)
        buf_clear(out);
}

/* ---- which kind ---- */

static enum status take_type(void *with, struct str piece)
{
    struct buf *type = with;
    buf_add(type, piece);
    return buf_status(type);
}

static bool is_odt(struct wording_zip *zip)
{
    struct buf type BUF_SCOPE = BUF_INIT(TYPE_MAX);
    static const struct str form = STR_INIT("application/vnd.oasis.opendocument.text");
    if (wording_zip_read(zip, "mimetype", take_type, &type) != OK)
        return false;
    struct str said = str_trim(buf_str(&type));
    return str_eq(said, form) || str_eq(said, STR("application/vnd.oasis.opendocument.text-template"));
}

static enum status read_zip(struct wording_zip *zip, struct buf *text, struct buf *title, bool *ret_is_known)
{
    bool is_open = is_odt(zip);
    bool is_other = wording_zip_has(zip, "xl/workbook.xml") || wording_zip_has(zip, "ppt/presentation.xml");
    bool is_office = wording_zip_has(zip, "[Content_Types].xml") && wording_zip_has(zip, "_rels/.rels");
    *ret_is_known = is_open || (is_office && !is_other);
    if (!*ret_is_known)
        return OK;
    return is_open ? wording_odt(zip, text, title) : wording_docx(zip, text, title);
}

static enum wording_end end_of(enum status status, const struct buf *text, bool is_pdf_document)
{
    switch (status) {
    case OK:
        return text->len > 0 ? WORDING_DONE : is_pdf_document ? WORDING_SCANNED : WORDING_EMPTY;
    case DENIED:
        return WORDING_LOCKED;
    case LIMIT:
        return WORDING_TOO_MUCH;
    default:
        return WORDING_DAMAGED;
    }
}

static enum wording_end read_zipped(struct str document, struct buf *text, struct buf *title)
{
    struct wording_zip *zip = NULL;
    bool is_known = true;
    static const struct wording_zip_limits limits = {WORDING_ENTRIES_MAX, WORDING_PART_MAX, UINT64_MAX};
    enum status done = wording_zip_open(document, &limits, &zip);
    if (done == OK)
        done = read_zip(zip, text, title, &is_known);
    wording_zip_close(zip);
    return is_known ? end_of(done, text, false) : WORDING_UNKNOWN;
}

enum wording_end wording_read(struct str document, struct buf *text, struct buf *title)
{
    if (document.len > WORDING_DOCUMENT_MAX)
        return WORDING_TOO_LARGE;
    if (is_zip(document))
        return read_zipped(document, text, title);
    if (is_old(document))
        return WORDING_OLD;
    if (wording_is_pdf(document))
        return end_of(wording_pdf(document, text, title), text, true);
    return WORDING_UNKNOWN;
}
