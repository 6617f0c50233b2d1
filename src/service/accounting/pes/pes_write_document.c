/* Documents that go along (PES_PJ): packed as gzip, then base64. */
#include "base/base64.h"
#include "document/gzip.h"
#include "service/accounting/pes/pes_letters.h"
#include "service/accounting/pes/pes_writer.h"

static void put_content(struct pes_writer *writer, const struct pes_document *document)
{
    struct buf packed BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX);
    pes_begin(writer, "Contenu", 0);
    buf_add_literal(writer->out, "<Fichier MIMEType=\"");
    if (!pes_letters(writer->out, document->media))
        pes_writer_fault(writer, "pes.letter", "Fichier", document->media, STR(""));
    buf_add_literal(writer->out, "\">");
    if (document->bytes.len > 0) /* of an empty one the rules say that it is none */
        gzip_pack(&packed, document->bytes);
    writer->out->is_over = writer->out->is_over || packed.is_over;
    base64_encode(writer->out, buf_str(&packed));
    buf_add_literal(writer->out, "</Fichier>");
    pes_end(writer);
}

static void put_what(struct pes_writer *writer, const struct pes_document_of *of, size_t number)
{
    pes_begin(writer, "RefCompta", number);
    pes_put(writer, "Domaine", of->part);
    pes_put_number(writer, "Exercice", of->year);
    pes_put(writer, "TypeObjet", of->object_kind);
    pes_put_number(writer, "Identifiant", of->object);
    pes_put_number(writer, "ComplementIdentifiant", of->more);
    pes_put(writer, "IdTiers", of->person);
    pes_end(writer);
}

static void put_document(struct pes_writer *writer, const struct pes_document *document, size_t number)
{
    pes_begin(writer, "PJ", number);
    put_content(writer, document);
    pes_put(writer, "IdUnique", document->id);
    pes_put(writer, "NomPJ", document->name);
    pes_put(writer, "TypePJ", document->kind);
    pes_put(writer, "Description", document->about);
    for (size_t i = 0; i < document->of_count; i++)
        put_what(writer, &document->of[i], i + 1);
    pes_end(writer);
    buf_add_byte(writer->out, '\n');
}

void pes_put_documents(struct pes_writer *writer, const struct pes_flow *flow)
{
    if (flow->document_count == 0)
        return;
    pes_begin(writer, "PES_PJ", 0);
    pes_begin(writer, "EnTetePES_PJ", 0);
    pes_put_number(writer, "IdVer", 1);
    pes_end(writer);
    for (size_t i = 0; i < flow->document_count; i++)
        put_document(writer, &flow->documents[i], i + 1);
    pes_end(writer);
}
