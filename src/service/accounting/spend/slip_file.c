#include "service/accounting/spend/slip_file.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/pes/pes_signed.h"
#include "service/accounting/pes/pes_write.h"
#include "service/accounting/receipt/receipt_pes.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/credit_sql.h"
#include "service/accounting/spend/slip_sql.h"
#include "service/accounting/spend/slip_ties.h"
#include "service/accounting/spend/spend_parts.h"
#include "service/accounting/spend/voucher.h"
#include "service/accounting/story/story.h"

enum { TREE_MAX = 32 << 20, WHERE_MAX = 1 << 10 };
#define SUPPORT_FILE STR("01") /* Support of PJRef: a file that goes along */
#define TYPE_ASAP STR("006")       /* TypePJ: a notice as the DGFiP prints it */

struct str slip_file_name(struct ctx *ctx, const struct credit_year *year, const struct slip *slip)
{
    return str_format(ctx->arena, "PESALR2_%.*s_%d_%c%.*s_%05u", STR_ARG(year->siret), slip->year,
                      slip->is_receipt ? 'R' : 'D', STR_ARG(slip->type), slip->number);
}

/* ---- what stands in it ---- */

/* The accountant's post and the codes of the budget, as the document says that opened the year. */
struct heads {
    struct str post, post_name, collectivity, code;
};

static struct str said_by(struct ctx *ctx, struct xml *head, const char *name)
{
    struct str value = head != NULL ? xml_value(head, name) : STR_NONE;
    return str_is_absent(value) ? STR("") : str_copy(ctx->arena, value);
}

static enum status read_heads(struct ctx *ctx, const struct credit_year *year, struct heads *ret_heads)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct sql_credit_year_of_row row;
    struct budget_frame frame;
    struct budget_act act;
    TRY(sql_credit_year_of(ctx->db, ctx->arena,
                           (struct sql_credit_year_of){.budget = year->budget, .year = year->year}, &row));
    TRY(budget_act(ctx, row.act, &act));
    TRY(budget_frame_read(ctx, tree, act.document, &frame));
    if ((size_t)act.place >= frame.read.budget_count)
        return CORRUPT;
    struct xml *head = xml_child(frame.root, "EnTeteDocBudgetaire");
    struct xml *budget = xml_child(frame.read.budgets[act.place].element, "EnTeteBudget");
    *ret_heads = (struct heads){.post = said_by(ctx, head, "IdPost"),
                                .post_name = said_by(ctx, head, "LibellePoste"),
                                .collectivity = said_by(ctx, budget, "CodColl"),
                                .code = said_by(ctx, budget, "CodBud")};
    return OK;
}

/* A party as PES has it; its address and account are made beside it. */
static enum status person_of(struct ctx *ctx, const struct piece *piece, struct pes_person *person)
{
    struct pes_address *address = arena_new(ctx->arena, struct pes_address);
    struct pes_account *account = arena_new(ctx->arena, struct pes_account);
    struct party_bank *banks;
    struct party party;
    size_t count;
    if (address == NULL || account == NULL)
        return LIMIT;
    TRY(party_get(ctx, piece->party, &party));
    *address = (struct pes_address){.first = party.street_before, .street = party.street, .last = party.street_after,
                                    .postcode = party.postcode, .town = party.place,
                                    .is_abroad = party.country.len > 0, .country = party.country};
    *person = (struct pes_person){.number = party.id_number, .number_kind = party.id_kind,
                                  .category = party.category, .nature = party.nature, .title = party.title,
                                  .name = party.name, .more_name = party.complement, .first_name = party.first_name,
                                  .address = address};
    if (piece->bank == 0)
        return OK;
    TRY(party_banks(ctx, piece->party, &banks, &count));
    for (size_t i = 0; i < count; i++)
        if (banks[i].id == piece->bank) {
            *account = (struct pes_account){.iban = banks[i].iban, .bic = banks[i].bic, .holder = banks[i].holder};
            person->account = account;
        }
    return OK;
}

/* Which line of the earlier piece this one corrects: it may correct some of them alone. On another account (773, 673)
 * it takes what was left of the lines in their order: the first of its lines corrects the first that had some left. */
static enum status line_of_origin(struct ctx *ctx, const struct piece *piece, const struct imputation *line,
                                  uint32_t *place)
{
    struct imputation *lines;
    struct money *left;
    size_t count;
    uint32_t with_some = 0, nth = *place;
    TRY(spend_left_before(ctx, piece->origin, piece->sequence, &lines, &left, &count));
    for (size_t i = 0; i < count; i++)
        if (imputation_is_same(&lines[i], line)) {
            *place = (uint32_t)i + 1;
            return OK;
        }
    for (size_t i = 0; i < count; i++)
        if (left[i].cents > 0 && ++with_some == nth)
            *place = (uint32_t)i + 1;
    return OK;
}

static enum status link_of(struct ctx *ctx, const struct piece *piece, const struct imputation *from, uint32_t line,
                           const struct pes_link **ret_link)
{
    struct pes_link *link = arena_new(ctx->arena, struct pes_link);
    struct piece origin;
    *ret_link = NULL;
    if (piece->origin == 0)
        return OK;
    if (link == NULL)
        return LIMIT;
    TRY(line_of_origin(ctx, piece, from, &line));
    TRY(piece_get(ctx, piece->origin, &origin));
    *link = (struct pes_link){.kind = origin.is_receipt == piece->is_receipt ? STR(PES_LINK_SAME) : STR(PES_LINK_OTHER),
                              .year = (uint32_t)origin.year, .piece = origin.number, .line = line};
    *ret_link = link;
    return OK;
}

static enum status lines_of(struct ctx *ctx, const struct piece *piece, struct pes_piece *pes)
{
    struct imputation *from;
    struct pes_person *person = arena_new(ctx->arena, struct pes_person);
    struct slip_ties *ties = arena_new(ctx->arena, struct slip_ties);
    struct bill bill = {.number = STR("")};
    size_t count;
    TRY(credit_lines(ctx, piece->sequence, &from, &count));
    struct pes_line *lines = arena_array(ctx->arena, struct pes_line, count + 1);
    if (lines == NULL || person == NULL || ties == NULL)
        return LIMIT;
    TRY(slip_ties_of(ctx, piece, ties));
    if (piece->party != 0)
        TRY(person_of(ctx, piece, person));
    if (piece->bill != 0)
        TRY(bill_get(ctx, piece->bill, &bill));
    for (size_t i = 0; i < count; i++) {
        lines[i] = (struct pes_line){.nature = from[i].nature, .function = from[i].function,
                                     .operation = from[i].operation, .plain = from[i].net, .tax = from[i].tax,
                                     .persons = person, .person_count = piece->party != 0,
                                     .label = piece->object, .object = piece->object, .product = piece->product,
                                     .invoice = bill.number};
        lines[i].ties = slip_ties_on(ties, &from[i]);
        if (!piece->is_receipt)
            lines[i].way = piece->bank != 0 ? STR(PES_WAY_TRANSFER) : STR(PES_WAY_ORDER);
        TRY(link_of(ctx, piece, &from[i], (uint32_t)i + 1, &lines[i].link));
        TRY(receipt_tell(ctx, piece, &lines[i]));
    }
    pes->lines = lines;
    pes->line_count = count;
    return OK;
}

/* The payment delay of a mandat with a bill, from the service done that was kept with it: it stays as it was signed. */
static enum status delay_for(struct ctx *ctx, const struct piece *piece, struct faults *faults,
                             const struct pes_delay **ret_delay)
{
    struct pes_delay *told = arena_new(ctx->arena, struct pes_delay);
    struct delay delay;
    struct bill bill;
    *ret_delay = NULL;
    if (piece->bill == 0 || piece->due.days == 0)
        return OK;
    if (told == NULL)
        return LIMIT;
    TRY(bill_get(ctx, piece->bill, &bill));
    TRY(bill_delay_since(ctx, &bill, piece->done, faults, &delay));
    *told = (struct pes_delay){.from = {piece->due.days - delay.days}, .until = piece->due,
                               .days = (uint32_t)delay.days};
    *ret_delay = told;
    return OK;
}

/* ---- documents that go along ---- */

struct along {
    struct str siret;
    struct pes_document *documents;
    size_t count;
};

/* What a document is of: Domaine 01 a mandat's, 02 a titre's. TypeObjet 01 is what the files that others published have
 * for both; no text with the meaning of the others was found. */
static const struct pes_document_of *piece_as_object(struct ctx *ctx, const struct piece *piece)
{
    struct pes_document_of *of = arena_new(ctx->arena, struct pes_document_of);
    if (of != NULL)
        *of = (struct pes_document_of){.part = piece->is_receipt ? STR("02") : STR("01"),
                                       .year = (uint32_t)piece->year,
                                       .object_kind = STR("01"),
                                       .object = piece->number};
    return of;
}

static enum status documents_of(struct ctx *ctx, const struct piece *piece, struct along *along,
                                struct pes_piece *pes)
{
    struct voucher *vouchers, voucher;
    size_t count;
    struct str bytes;
    TRY(voucher_list(ctx, piece->sequence, &vouchers, &count));
    struct pes_reference *told = arena_array(ctx->arena, struct pes_reference, count + 1);
    const struct pes_document_of *of = piece_as_object(ctx, piece);
    if (told == NULL || of == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        TRY(voucher_bytes(ctx, vouchers[i].id, &voucher, &bytes));
        struct str id = voucher_unique(ctx, along->siret, voucher.id);
        if (piece->is_receipt && str_eq(voucher.type, TYPE_ASAP))
            pes->edition = STR(PES_EDITION_CENTRAL);
        told[i] = (struct pes_reference){.support = SUPPORT_FILE, .id = id, .name = voucher.name};
        along->documents[along->count++] =
            (struct pes_document){.id = id, .name = voucher.name, .kind = voucher.type, .about = voucher.about,
                                  .media = voucher_media(voucher.name), .bytes = bytes, .of = of, .of_count = 1};
    }
    pes->documents = told;
    pes->document_count = count;
    return OK;
}

static enum status pieces_of(struct ctx *ctx, const struct slip *slip, struct faults *faults, struct along *along,
                             struct pes_slip *pes)
{
    struct piece *from;
    size_t count;
    TRY(piece_list_of_slip(ctx, slip->id, &from, &count));
    struct pes_piece *pieces = arena_array(ctx->arena, struct pes_piece, count + 1);
    along->documents = arena_array(ctx->arena, struct pes_document, count * VOUCHERS_MAX + 1);
    if (pieces == NULL || along->documents == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        pieces[i] = (struct pes_piece){.number = from[i].number, .kind = from[i].type, .nature = from[i].nature,
                                       .object = from[i].object};
        TRY(lines_of(ctx, &from[i], &pieces[i]));
        TRY(delay_for(ctx, &from[i], faults, &pieces[i].delay));
        TRY(documents_of(ctx, &from[i], along, &pieces[i]));
    }
    pes->pieces = pieces;
    pes->piece_count = count;
    return OK;
}

/* ---- the file ---- */

enum status slip_file_need_signed(struct ctx *ctx, const struct slip *slip)
{
    return slip->state == SLIP_TO_SIGN ? refuse(ctx, CONFLICT, "accounting.slip_open", T_accounting_slip_open) : OK;
}

enum status slip_file_write(struct ctx *ctx, const struct slip *slip, struct buf *out, struct faults *faults)
{
    struct credit_year year;
    struct heads heads;
    struct sql_slip_before_row before;
    struct pes_slip pes = {.is_receipt = slip->is_receipt, .year = (uint32_t)slip->year, .number = slip->number,
                           .kind = slip->type, .day = slip->day};
    TRY(slip_file_need_signed(ctx, slip));
    TRY(credit_year(ctx, slip->budget, slip->year, &year));
    TRY(read_heads(ctx, &year, &heads));
    TRY(sql_slip_before(ctx->db, ctx->arena,
                        (struct sql_slip_before){.budget = slip->budget, .year = slip->year,
                                                 .is_receipt = slip->is_receipt, .type = slip->type,
                                                 .number = slip->number},
                        &before));
    pes.has_running = true;
    pes.before = (struct money){before.cents};
    struct along along = {.siret = year.siret};
    TRY(pieces_of(ctx, slip, faults, &along, &pes));
    struct pes_flow flow = {.file_name = slip_file_name(ctx, &year, slip), .editor = STR("PARVIS"),
                            .editor_version = STR(PARVIS_VERSION), .day = ctx_day(ctx, slip->signed_at),
                            .post = heads.post, .post_name = heads.post_name, .siret = year.siret,
                            .collectivity = heads.collectivity, .budget = heads.code, .budget_name = year.label,
                            .is_paperless = true, .slips = &pes, .slip_count = 1, .documents = along.documents,
                            .document_count = along.count};
    struct pes_context known = {.post = heads.post, .siret = year.siret, .collectivity = heads.collectivity,
                                .budget = heads.code, .nomenclature = year.nomenclature};
    return pes_write(out, &flow, &known, faults);
}
