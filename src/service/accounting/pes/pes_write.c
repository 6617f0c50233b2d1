#include "service/accounting/pes/pes_write.h"

#include "service/accounting/pes/pes_writer.h"

enum { VERSION = 2 /* R01 */, ID_MAX = 40, KIND_MAX = 8 };

#define SPACE "http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller"

/* ---- sums ---- */

struct sums {
    struct money plain, tax, running;
};

/* I9. What is too much is a fault, and the sums are then of no use. */
static void sum_up(struct pes_writer *writer, const struct pes_slip *slip, struct sums *ret_sums)
{
    struct sums sums = {.running = slip->before};
    bool is_large = false;
    for (size_t i = 0; i < slip->piece_count; i++)
        for (size_t j = 0; j < slip->pieces[i].line_count; j++) {
            const struct pes_line *line = &slip->pieces[i].lines[j];
            is_large = money_add(&sums.plain, line->plain) != OK || is_large;
            is_large = money_add(&sums.tax, line->tax) != OK || is_large;
        }
    is_large = money_add(&sums.running, sums.plain) != OK || is_large;
    is_large = money_add(&sums.running, sums.tax) != OK || is_large;
    if (is_large)
        fault_add_money(writer->faults, "pes.large", "/PES_Aller", sums.plain, (struct money){MONEY_MAX});
    *ret_sums = sums;
}

/* ---- a bordereau ---- */

void pes_slip_id(struct buf *out, const struct pes_slip *slip)
{
    buf_add_format(out, "B%c%u-%.*s-%u", slip->is_receipt ? 'R' : 'D', slip->year,
                   STR_ARG(str_slice(slip->kind, 0, KIND_MAX)), slip->number);
}

static void put_slip_head(struct pes_writer *writer, const struct pes_slip *slip)
{
    struct sums sums;
    sum_up(writer, slip, &sums);
    pes_begin(writer, "BlocBordereau", 0);
    pes_put_number(writer, "Exer", slip->year);
    pes_put_number(writer, "IdBord", slip->number);
    pes_put_day(writer, "DteBordEm", slip->day);
    pes_put(writer, "TypBord", slip->kind);
    pes_put_number(writer, "NbrPce", slip->piece_count);
    if (slip->has_running)
        pes_put_money(writer, "MtCumulAnnuel", sums.running);
    pes_put_money(writer, slip->is_receipt ? "MtBordHt" : "MtBordHT", sums.plain);
    pes_put_some(writer, "MtBordTVA", sums.tax);
    if (slip->is_receipt)
        pes_put(writer, "Objet", slip->object);
    pes_end(writer);
    buf_add_byte(writer->out, '\n');
}

static void put_slip(struct pes_writer *writer, const struct pes_slip *slip, size_t number)
{
    struct buf id BUF_SCOPE = BUF_INIT(ID_MAX);
    pes_slip_id(&id, slip);
    pes_begin_named(writer, "Bordereau", number, buf_str(&id));
    put_slip_head(writer, slip);
    for (size_t i = 0; i < slip->piece_count; i++)
        pes_put_piece(writer, slip, i);
    pes_end(writer);
    buf_add_byte(writer->out, '\n');
}

static void put_part(struct pes_writer *writer, const struct pes_flow *flow, bool is_receipt)
{
    size_t count = 0;
    for (size_t i = 0; i < flow->slip_count; i++) {
        if (flow->slips[i].is_receipt != is_receipt)
            continue;
        if (count++ == 0) {
            pes_begin(writer, is_receipt ? "PES_RecetteAller" : "PES_DepenseAller", 0);
            pes_begin(writer, is_receipt ? "EnTeteRecette" : "EnTeteDepense", 0);
            pes_put_number(writer, "IdVer", VERSION);
            if (flow->is_paperless)
                pes_put_flag(writer, "InfoDematerialisee", true);
            pes_end(writer);
            buf_add_byte(writer->out, '\n');
        }
        put_slip(writer, &flow->slips[i], count);
    }
    if (count > 0)
        pes_end(writer);
}

/* ---- the file ---- */

static void put_envelope(struct pes_writer *writer, const struct pes_flow *flow)
{
    pes_begin(writer, "Enveloppe", 0);
    pes_begin(writer, "Parametres", 0);
    pes_put_number(writer, "Version", VERSION);
    pes_put(writer, "TypFic", STR("PESALR2"));
    pes_put(writer, "NomFic", flow->file_name);
    pes_end(writer);
    pes_begin(writer, "Emetteur", 0);
    pes_put(writer, "Sigle", flow->editor);
    pes_put(writer, "Adresse", flow->editor_version);
    pes_end(writer);
    pes_end(writer);
    buf_add_byte(writer->out, '\n');
}

static void put_head(struct pes_writer *writer, const struct pes_flow *flow)
{
    pes_begin(writer, "EnTetePES", 0);
    pes_put_day(writer, "DteStr", flow->day);
    pes_put(writer, "IdPost", flow->post);
    pes_put(writer, "LibellePoste", flow->post_name);
    pes_put(writer, "IdColl", flow->siret);
    pes_put(writer, "CodCol", flow->collectivity);
    pes_put(writer, "CodBud", flow->budget);
    pes_put(writer, "LibelleColBud", flow->budget_name);
    pes_end(writer);
    buf_add_byte(writer->out, '\n');
}

/* The root's Id is the file's name, which holds nothing that an Id may not; the letter before it makes it a name. */
static void put_root(struct pes_writer *writer, const struct pes_flow *flow)
{
    bool has_name = pes_file_name_is_right(flow->file_name);
    if (!has_name)
        pes_writer_fault(writer, "pes.file_name", "Enveloppe/Parametres/NomFic", flow->file_name, STR(""));
    buf_add_literal(writer->out, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n");
    buf_add_literal(writer->out, "<n:PES_Aller xmlns:n=\"" SPACE "\" Id=\"F-");
    buf_add(writer->out, has_name ? flow->file_name : STR(""));
    buf_add_literal(writer->out, "\">\n");
    put_envelope(writer, flow);
    put_head(writer, flow);
    if (flow->slip_count == 0)
        pes_writer_fault(writer, "pes.missing", "PES_DepenseAller", STR(""), STR("Bordereau"));
    put_part(writer, flow, false);
    put_part(writer, flow, true);
    pes_put_documents(writer, flow);
    buf_add_literal(writer->out, "</n:PES_Aller>\n");
}

/* As anybody would read it. */
static enum status look_at(struct str bytes, const struct pes_context *context, struct faults *faults)
{
    struct arena *arena ARENA_SCOPE = arena_create(XML_ARENA);
    struct pes_context known = context != NULL ? *context : (struct pes_context){0};
    struct xml *root;
    struct xml_fault fault;
    enum status done = xml_read(arena, bytes, &root, &fault);
    known.is_unsigned = true;
    if (done != OK)
        fault_add(faults, "pes.limit", STR("/PES_Aller"), str_of(fault.what), STR(""));
    return done != OK ? done : pes_check(root, &known, faults);
}

enum status pes_write(struct buf *out, const struct pes_flow *flow, const struct pes_context *context,
                      struct faults *faults)
{
    struct pes_writer writer = {.out = out, .faults = faults};
    size_t before = faults->found, from = out->len;
    put_root(&writer, flow);
    if (buf_status(out) != OK || out->len - from > PES_WRITTEN_MAX) {
        fault_add(faults, "pes.limit", STR("/PES_Aller"), STR(""), STR(""));
        return LIMIT;
    }
    if (faults->found == before)
        TRY(look_at(str_after(buf_str(out), from), context, faults));
    return faults->found == before ? OK : INVALID;
}
