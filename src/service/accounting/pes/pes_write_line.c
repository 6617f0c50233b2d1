/* A line of a mandat or a titre. */
#include "service/accounting/pes/pes_writer.h"

void pes_put_references(struct pes_writer *writer, const struct pes_reference *references, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pes_begin(writer, "PJRef", i + 1);
        pes_put(writer, "Support", references[i].support);
        pes_put(writer, "IdUnique", references[i].id);
        pes_put(writer, "NomPJ", references[i].name);
        pes_end(writer);
    }
}

/* ---- what it says ---- */

static void put_expense(struct pes_writer *writer, const struct pes_line *line, size_t place)
{
    pes_begin(writer, "InfoLignePce", 0);
    pes_put_number(writer, "IdLigne", line->number > 0 ? line->number : place);
    pes_put(writer, "Nature", line->nature);
    pes_put(writer, "Fonction", line->function);
    pes_put(writer, "Operation", line->operation);
    pes_put(writer, "CptAna", line->analytic);
    pes_put(writer, "Facture", line->invoice);
    pes_put(writer, "LibVir1", line->label);
    pes_put(writer, "LibVir2", line->more_label);
    pes_put(writer, "ModRegl", line->way);
    pes_put_flag(writer, "TVAIntraCom", line->is_within_europe);
    pes_put(writer, "CpteTiers", line->third_account);
    pes_put_money(writer, "MtHT", line->plain);
    pes_put_some(writer, "MtTVA", line->tax);
    pes_put_some(writer, "MtFactHT", line->invoice_plain);
    pes_put_references(writer, line->documents, line->document_count);
    pes_end(writer);
}

static void put_receipt(struct pes_writer *writer, const struct pes_line *line, size_t place)
{
    pes_begin(writer, "InfoLignePiece", 0);
    pes_put_number(writer, "IdLigne", line->number > 0 ? line->number : place);
    pes_put(writer, "ObjLignePce", line->object);
    pes_put(writer, "CodProdLoc", line->product);
    pes_put(writer, "Nature", line->nature);
    pes_put(writer, "Fonction", line->function);
    pes_put(writer, "Operation", line->operation);
    pes_put_some(writer, "TxTva", line->tax_rate);
    pes_put_flag(writer, "Majo", line->rise_day.days != 0);
    pes_put_day(writer, "DteMajo", line->rise_day);
    pes_put_some(writer, "TxMajo", line->rise_rate);
    pes_put(writer, "CpteTiers", line->third_account);
    pes_put_flag(writer, "TvaIntraCom", line->is_within_europe);
    pes_put_money(writer, "MtHT", line->plain);
    pes_put_some(writer, "MtTVA", line->tax);
    pes_put_references(writer, line->documents, line->document_count);
    pes_end(writer);
}

static void put_debit(struct pes_writer *writer, const struct pes_debit *debit)
{
    pes_begin(writer, "InfoPrelevementSEPA", 0);
    pes_put(writer, "NatPrel", debit->kind);
    pes_put(writer, "PerPrel", debit->period);
    pes_put_day(writer, "DtePrel", debit->day);
    pes_put_money(writer, "MtPrel", debit->amount);
    pes_put(writer, "SequencePres", debit->sequence);
    pes_put_day(writer, "DateSignMandat", debit->signed_on);
    pes_put(writer, "RefUniMdt", debit->mandate);
    pes_put(writer, "LibPrel", debit->label);
    pes_end(writer);
}

/* ---- what it goes back to, and is of ---- */

static void put_link(struct pes_writer *writer, const struct pes_link *link)
{
    pes_begin(writer, "RattachPiece", 0);
    pes_put(writer, "NatPceOrig", link->kind);
    pes_put_number(writer, "ExerRat", link->year);
    pes_put_number(writer, "IdPceOrig", link->piece);
    pes_put_number(writer, "IdLigneOrig", link->line);
    pes_end(writer);
}

static void put_ties(struct pes_writer *writer, bool is_receipt, const struct pes_ties *ties)
{
    pes_begin(writer, "LiensIdent", 0);
    pes_put(writer, "IdConv", ties->agreement);
    pes_put(writer, "IdMarche", ties->contract);
    if (is_receipt)
        pes_put(writer, "IdCaution", ties->guarantee);
    pes_put(writer, is_receipt ? "IdEmprunt" : "IdEmpruntOrdo", ties->loan);
    pes_put(writer, "IdActif", ties->asset);
    pes_put(writer, "IdRegie", ties->advance_fund);
    pes_end(writer);
}

void pes_put_line(struct pes_writer *writer, bool is_receipt, const struct pes_line *line, size_t place)
{
    pes_begin(writer, "LigneDePiece", place);
    pes_begin(writer, "BlocLignePiece", 0);
    (is_receipt ? put_receipt : put_expense)(writer, line, place);
    if (is_receipt && line->debit != NULL)
        put_debit(writer, line->debit);
    if (line->link != NULL)
        put_link(writer, line->link);
    if (line->ties != NULL)
        put_ties(writer, is_receipt, line->ties);
    pes_end(writer);
    for (size_t i = 0; i < line->person_count; i++)
        pes_put_person(writer, is_receipt, &line->persons[i], is_receipt ? i + 1 : 0);
    pes_end(writer);
    buf_add_byte(writer->out, '\n');
}
