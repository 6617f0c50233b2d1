/* Any bytes as the texts of a sheet: it is made or refused, and never more than its maximum. */
#include "document/pdf.h"

static enum status fill(struct pdf *pdf, struct str text)
{
    struct str first = str_slice(text, 0, text.len / 2), second = str_after(text, text.len / 2);
    struct pdf_column columns[] = {{str_slice(first, 0, 100), 3, false}, {str_slice(second, 0, 100), 1, true}};
    struct str cells[] = {str_slice(second, 0, PDF_CELL_MAX), str_slice(first, 0, 200)};
    struct pdf_card card = {str_slice(first, 0, 60), str_slice(second, 0, 60)};
    TRY(pdf_heading(pdf, 1, STR("Titre")));
    TRY(pdf_paragraph(pdf, text));
    TRY(pdf_list_begin(pdf, PDF_NUMBERS));
    TRY(pdf_list_item(pdf, first));
    TRY(pdf_list_end(pdf));
    TRY(pdf_table_begin(pdf, &(struct pdf_table){second, columns, 2, true}));
    TRY(pdf_table_row(pdf, cells));
    TRY(pdf_table_end(pdf));
    return pdf_cards(pdf, (struct pdf_grid){3, 40}, &card, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct pdf_fonts *fonts;
    struct str text = {(const char *)bytes, size};
    struct pdf_about about = {.title = str_slice(text, 0, 300), .language = STR("fr"), .footer = text};
    struct buf out BUF_SCOPE = BUF_INIT(PDF_BYTES_MAX);
    struct pdf *pdf PDF_SCOPE = NULL;
    if (fonts == NULL)
        REQUIRE(pdf_fonts_open(&fonts) == OK);
    if (pdf_create(fonts, &about, &pdf) != OK)
        return 0;
    enum status done = fill(pdf, text);
    if (done == OK)
        done = pdf_finish(pdf, &out);
    REQUIRE(done == OK ? out.len > 0 && out.len <= PDF_BYTES_MAX : done == LIMIT);
    return 0;
}
