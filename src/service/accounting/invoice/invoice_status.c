/* What became of invoices: the file CPPStatut of Chorus Pro. */
#include "service/accounting/invoice/invoice_reading.h"

static const struct invoice_path of_invoice[] = {
    INVOICE_NEED(INVOICE_TAKE_TEXT, invoice_status, code, "DonneesStatut/IdStatut"),
    INVOICE_TEXT(invoice_status, label, "DonneesStatut/ComplementStatut"),
    INVOICE_TEXT(invoice_status, comment, "DonneesStatut/Commentaire"),
    INVOICE_NEED(INVOICE_TAKE_TEXT, invoice_status, number, "DonneesStatut/IdFacture"),
    INVOICE_TEXT(invoice_status, mandate, "DonneesStatut/IdMandatDP"),
    INVOICE_DAY(invoice_status, issued, "DonneesStatut/DateFacture"),
    INVOICE_END};
static const struct invoice_path of_file[] = {
    INVOICE_NEED(INVOICE_TAKE_TEXT, invoice_status, code, "DonneesStatut/IdStatut"),
    INVOICE_TEXT(invoice_status, label, "DonneesStatut/ComplementStatut"),
    INVOICE_TEXT(invoice_status, comment, "DonneesStatut/Commentaire"),
    INVOICE_NEED(INVOICE_TAKE_TEXT, invoice_status, number, "DonneesStatut/IdFlux"),
    INVOICE_END};

enum { FILE_LEAST = 90, FILE_MOST = 96, INVOICE_LEAST = 1, INVOICE_MOST = 41 };

static void take_moment(struct invoice_reading *reading, const struct xml *from, struct invoice_status *status)
{
    struct invoice_text text = invoice_take_text(reading, from, "DonneesStatut/Horodatage", true);
    if (text.text.len > 0 && instant_parse(text.text, &status->moment) != OK)
        invoice_fault(reading->faults, reading->root, "invoice.date", text.at, text.text,
                      STR("2026-03-31T09:00:00+02:00"));
}

static void check_code(struct invoice_reading *reading, const struct invoice_status *status)
{
    uint64_t code = 0;
    uint64_t least = status->is_file ? FILE_LEAST : INVOICE_LEAST, most = status->is_file ? FILE_MOST : INVOICE_MOST;
    bool is_number = str_to_u64(status->code.text, most, &code) == OK;
    if (status->code.text.len > 0 && (!is_number || code < least))
        invoice_fault(reading->faults, reading->root, "invoice.status", status->code.at, status->code.text,
                      status->is_file ? STR("90 à 96") : STR("01 à 41"));
}

static void finish_status(struct invoice_reading *reading, const struct xml *at, struct invoice_status *status)
{
    invoice_take_pivot_party(reading, at, "Fournisseur", &status->supplier);
    invoice_take_pivot_party(reading, at, "Debiteur", &status->recipient);
    take_moment(reading, at, status);
    check_code(reading, status);
}

enum status invoice_status_read(struct invoice_reading *reading, struct invoice_file *file)
{
    const struct xml *files = xml_child(reading->root, "CPPFluxStatuts");
    const struct xml *list = files != NULL ? files : xml_child(reading->root, "CPPFactureStatuts");
    const char *name = files != NULL ? "CPPFluxStatutUnitaire" : "CPPFactureStatutUnitaire";
    file->statuses = invoice_take_all(reading, list, name, files != NULL ? of_file : of_invoice,
                                      sizeof *file->statuses, INVOICE_FILE_MAX, &file->status_count);
    if (file->statuses == NULL)
        return LIMIT;
    if (file->status_count == 0)
        invoice_fault(reading->faults, reading->root, "invoice.missing", list != NULL ? list : reading->root, STR(""),
                      str_of(name));
    invoice_check_count(reading, list, "compteur", file->status_count);
    const struct xml *at = xml_child(list, name);
    for (size_t i = 0; i < file->status_count; i++, at = xml_next(at, name)) {
        file->statuses[i].is_file = files != NULL;
        finish_status(reading, at, &file->statuses[i]);
    }
    return OK;
}
