/* The file around the pages: feet with numbers, catalogue, what it says of itself (XMP), fonts. */
#include "document/pdf_page.h"

enum { XMP_MAX = 128 << 10, FOOT_MAX = 32, ENTRIES_MAX = 100, DATE_SIZE = 20 };

static const struct pdf_style of_foot = {PDF_PT(8), PDF_PT(11), 0, 0, PDF_SANS, PDF_SOFT};

/* ---- feet: they need the number of pages, so they come last; an artifact (ISO 32000-1 section 14.8.2.2.2) ---- */

static enum status draw_foot(struct pdf *pdf, int number)
{
    struct pdf_text left, right;
    arena_reset(pdf->scratch);
    struct pdf_frame frame = {PDF_MM(PDF_MARGIN), pdf->height - PDF_MM(PDF_FOOT) - of_foot.leading,
                              pdf_text_width(pdf) - PDF_MM(FOOT_MAX), PDF_LEFT};
    struct str count = str_format(pdf->scratch, "%d/%d", number, pdf->page_count);
    TRY(pdf_set_text(pdf, pdf->footer, PDF_CELL_MAX * 3, &of_foot, frame.width, &left));
    TRY(pdf_set_text(pdf, count, PDF_CELL_MAX, &of_foot, PDF_MM(FOOT_MAX), &right));
    pdf_artifact_begin(pdf, "Pagination");
    if (left.rows.count > 0)
        TRY(pdf_draw_rows(pdf, &left, &of_foot, frame, 0, 1));
    frame.width = pdf_text_width(pdf);
    frame.align = PDF_RIGHT;
    TRY(pdf_draw_rows(pdf, &right, &of_foot, frame, 0, right.rows.count));
    pdf_leaf_end(pdf);
    return OK;
}

static enum status draw_feet(struct pdf *pdf)
{
    int number = 0;
    for (pdf->page = pdf->first_page; pdf->page != NULL; pdf->page = pdf->page->next)
        TRY(draw_foot(pdf, ++number));
    return OK;
}

/* ---- what it says of itself ---- */

static void add_xml(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.at[i]) {
        case '&': buf_add_literal(out, "&amp;"); break;
        case '<': buf_add_literal(out, "&lt;"); break;
        case '>': buf_add_literal(out, "&gt;"); break;
        default: buf_add_byte(out, text.at[i]);
        }
    }
}

/* ISO 16684-1; the part of ISO 14289 it keeps to is said as its section 5 asks. */
static enum status write_xmp(struct pdf *pdf, struct pdf_objects *objects, uint32_t number)
{
    struct buf xmp BUF_SCOPE = BUF_INIT(XMP_MAX);
    buf_add_literal(&xmp, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                          "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                          "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                          "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                          "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
                          "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n<dc:title><rdf:Alt>"
                          "<rdf:li xml:lang=\"x-default\">");
    add_xml(&xmp, pdf->title);
    buf_add_format(&xmp, "</rdf:li></rdf:Alt></dc:title>\n<dc:language><rdf:Bag><rdf:li>%.*s</rdf:li></rdf:Bag>"
                         "</dc:language>\n<pdfuaid:part>1</pdfuaid:part>\n",
                   STR_ARG(pdf->language));
    if (pdf->created.ms != 0) {
        buf_add_literal(&xmp, "<xmp:CreateDate>");
        instant_write(&xmp, pdf->created);
        buf_add_literal(&xmp, "</xmp:CreateDate>\n");
    }
    buf_add_literal(&xmp, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    TRY(buf_status(&xmp));
    return pdf_object_stream(objects, number, STR("/Type /Metadata /Subtype /XML"), buf_str(&xmp), true);
}

static void write_info(struct pdf *pdf, struct pdf_objects *objects, uint32_t number)
{
    pdf_object_begin(objects, number);
    buf_add_literal(objects->out, "<< /Title ");
    pdf_add_text(objects->out, pdf->title);
    if (pdf->created.ms != 0) {
        struct civil at = civil_of(pdf->created, 0);
        buf_add_format(objects->out, " /CreationDate (D:%04d%02d%02d%02d%02d%02dZ)", at.year, at.month, at.day,
                       at.hour, at.minute, at.second);
    }
    buf_add_literal(objects->out, " >>");
    pdf_object_end(objects);
}

/* ---- pages ---- */

static enum status write_page(struct pdf *pdf, struct pdf_objects *objects, const struct pdf_page *page,
                              const uint32_t numbers[3])
{
    enum { PAGES, RESOURCES, INDEX };
    uint32_t content;
    TRY(buf_status(&page->content));
    TRY(pdf_object_reserve(objects, &content));
    TRY(pdf_object_stream(objects, content, STR(""), buf_str(&page->content), false));
    pdf_object_begin(objects, page->object);
    buf_add_format(objects->out, "<< /Type /Page /Parent %u 0 R /Resources %u 0 R /Contents %u 0 R /StructParents %u "
                                 "/Tabs /S /MediaBox [0 0 ",
                   numbers[PAGES], numbers[RESOURCES], content, numbers[INDEX]);
    pdf_add_thousandths(objects->out, pdf->width);
    buf_add_byte(objects->out, ' ');
    pdf_add_thousandths(objects->out, pdf->height);
    buf_add_literal(objects->out, "] >>");
    pdf_object_end(objects);
    return OK;
}

static enum status write_resources(struct pdf *pdf, struct pdf_objects *objects, uint32_t number)
{
    uint32_t fonts[PDF_FACES] = {0};
    for (size_t i = 0; i < PDF_FACES; i++)
        if (pdf->usage[i].glyphs != NULL)
            TRY(pdf_font_embed(objects, &pdf->fonts->at[i], &pdf->usage[i], &fonts[i]));
    pdf_object_begin(objects, number);
    buf_add_literal(objects->out, "<< /Font << ");
    for (size_t i = 0; i < PDF_FACES; i++)
        if (fonts[i] != 0)
            buf_add_format(objects->out, "/F%zu %u 0 R ", i, fonts[i]);
    buf_add_literal(objects->out, ">> >>");
    pdf_object_end(objects);
    return OK;
}

static enum status write_pages(struct pdf *pdf, struct pdf_objects *objects, uint32_t number)
{
    uint32_t numbers[3] = {number, 0, 0};
    TRY(pdf_object_reserve(objects, &numbers[1]));
    pdf_object_begin(objects, number);
    buf_add_format(objects->out, "<< /Type /Pages /Count %d /Kids [", pdf->page_count);
    for (const struct pdf_page *page = pdf->first_page; page != NULL; page = page->next)
        buf_add_format(objects->out, "%u 0 R ", page->object);
    buf_add_literal(objects->out, "] >>");
    pdf_object_end(objects);
    for (const struct pdf_page *page = pdf->first_page; page != NULL; page = page->next, numbers[2]++)
        TRY(write_page(pdf, objects, page, numbers));
    return write_resources(pdf, objects, numbers[1]);
}

/* ---- the whole ---- */

static enum status write_file(struct pdf *pdf, struct pdf_objects *objects)
{
    uint32_t catalog = 0, pages = 0, info = 0, xmp = 0, tree;
    uint32_t *const numbers[] = {&catalog, &pages, &info, &xmp};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        TRY(pdf_object_reserve(objects, numbers[i]));
    for (struct pdf_page *page = pdf->first_page; page != NULL; page = page->next)
        TRY(pdf_object_reserve(objects, &page->object));
    pdf_objects_begin(objects);
    TRY(pdf_marks_write(objects, pdf->root, pdf->first_page, &tree));
    TRY(write_pages(pdf, objects, pages));
    TRY(write_xmp(pdf, objects, xmp));
    write_info(pdf, objects, info);
    pdf_object_begin(objects, catalog);
    buf_add_format(objects->out,
                   "<< /Type /Catalog /Pages %u 0 R /Lang (%.*s) /MarkInfo << /Marked true >> /StructTreeRoot %u 0 R "
                   "/Metadata %u 0 R /ViewerPreferences << /DisplayDocTitle true >> >>",
                   pages, STR_ARG(pdf->language), tree, xmp);
    pdf_object_end(objects);
    pdf_objects_end(objects, catalog, info);
    return buf_status(objects->out);
}

enum status pdf_finish(struct pdf *pdf, struct buf *out)
{
    struct pdf_objects objects = {.out = out, .arena = pdf->arena};
    if (pdf->list != NULL || pdf->columns.mark != NULL || out->len != 0)
        return BUG;
    if (pdf->first_page == NULL)
        TRY(pdf_page_turn(pdf)); /* a file without a page is none */
    TRY(draw_feet(pdf));
    TRY(write_file(pdf, &objects));
    return out->len > PDF_BYTES_MAX ? LIMIT : OK;
}
