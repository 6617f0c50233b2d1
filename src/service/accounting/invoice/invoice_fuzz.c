#include "service/accounting/invoice/invoice.h"

enum { ARENA = 64 << 20 };

static void look_at(const struct invoice *invoice)
{
    struct buf out BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    for (size_t i = 0; i < invoice->attachment_count; i++) {
        buf_clear(&out);
        enum status done = invoice_attachment_bytes(&invoice->attachments[i], &out);
        REQUIRE(done != OK || out.len == invoice->attachments[i].size);
    }
}

/* Whatever comes: read and checked; each fault kept is whole, and an attachment is as large as was said. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct str own = STR_INIT("21560046100010");
    static const struct invoice_known known = {.sirets = &own, .engagements = &own, .siret_count = 1};
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct faults faults = {.arena = arena};
    struct invoice_file file;
    struct xml *root;
    struct xml_fault fault;
    if (xml_read(arena, (struct str){(const char *)data, size}, &root, &fault) != OK ||
        invoice_read(arena, root, &file, &faults) == LIMIT)
        return 0;
    invoice_check(&file, &known, &faults);
    for (size_t i = 0; i < file.count; i++)
        look_at(&file.invoices[i]);
    for (size_t i = 0; i < faults.count; i++)
        REQUIRE(faults.kept[i].rule.len > 0 && faults.kept[i].place.len > 0 && faults.kept[i].mend.len > 0);
    return 0;
}
