/* A mandat or a titre, with its lines. */
#include "service/accounting/pes/pes_writer.h"

static void put_delay(struct pes_writer *writer, const struct pes_delay *delay)
{
    pes_begin(writer, "DGP", 0);
    pes_put_flag(writer, "Dgp", delay->is_outside);
    pes_put_day(writer, "DteDebDgp", delay->from);
    pes_put_day(writer, "DteFinDgp", delay->until);
    pes_put_number(writer, "DureeDgp", delay->days);
    pes_put(writer, "CodIntMor", delay->rate_kind);
    pes_put_some(writer, "TxIntMor", delay->rate);
    pes_end(writer);
}

static void put_head(struct pes_writer *writer, const struct pes_piece *piece)
{
    pes_put(writer, "CodServ", piece->service);
    pes_put(writer, "Affect", piece->grant);
    pes_put_number(writer, "IdPce", piece->number);
    pes_put(writer, "TypPce", piece->kind);
    pes_put(writer, "NatPce", piece->nature);
}

static void put_expense(struct pes_writer *writer, const struct pes_piece *piece)
{
    pes_begin(writer, "InfoPce", 0);
    put_head(writer, piece);
    pes_put(writer, "Obj", piece->object);
    pes_put_day(writer, "DteEch", piece->due);
    pes_put_references(writer, piece->documents, piece->document_count);
    pes_put(writer, "PJ", piece->documents_told);
    pes_end(writer);
    if (piece->delay != NULL)
        put_delay(writer, piece->delay);
}

static void put_receipt(struct pes_writer *writer, const struct pes_piece *piece)
{
    put_head(writer, piece);
    pes_put_number(writer, "IdRol", piece->roll);
    pes_put_day(writer, "DteAsp", piece->due);
    pes_put(writer, "Edition", piece->edition);
    pes_put(writer, "ObjPce", piece->object);
    pes_put_references(writer, piece->documents, piece->document_count);
    pes_put(writer, "NumeroFacture", piece->invoice);
    pes_put(writer, "NumeroMarche", piece->contract);
    pes_put(writer, "NumeroEngagement", piece->engagement);
    pes_put(writer, "CodeService", piece->service_code);
    pes_put(writer, "NomService", piece->service_name);
}

void pes_put_piece(struct pes_writer *writer, const struct pes_slip *slip, size_t place)
{
    const struct pes_piece *piece = &slip->pieces[place];
    pes_begin(writer, "Piece", place + 1);
    pes_begin(writer, "BlocPiece", 0);
    (slip->is_receipt ? put_receipt : put_expense)(writer, piece);
    pes_end(writer);
    buf_add_byte(writer->out, '\n');
    for (size_t i = 0; i < piece->line_count; i++)
        pes_put_line(writer, slip->is_receipt, &piece->lines[i], i + 1);
    pes_end(writer);
    buf_add_byte(writer->out, '\n');
}
