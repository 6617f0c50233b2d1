#include "service/accounting/spend/voucher.h"

#include "base/utf8.h"
#include "core/town.h"
#include "proto/csv/csv.h"
#include "service/accounting/dated.h"
#include "service/accounting/lang.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/slip.h"
#include "service/accounting/spend/voucher_sql.h"

/* The assembler takes the file as it is; its path counts from where `make` runs. */
__asm__(".section .rodata\n.balign 32\n.type accounting_vouchers, @object\naccounting_vouchers:\n"
        ".incbin \"src/service/accounting/spend/vouchers.csv\"\naccounting_vouchers_end:\n.byte 0\n"
        ".size accounting_vouchers, . - accounting_vouchers\n.previous\n");
extern const char accounting_vouchers[], accounting_vouchers_end[];

enum column { SINCE, UNTIL, ACCOUNT, KIND, SOURCE, COLUMNS };
#define TYPE_EXPENSE STR("003")
#define BILL_KIND STR("Facture")

/* ---- names and kinds ---- */

static const struct {
    const char *end, *media;
} medias[] = {{".pdf", "application/pdf"}, {".xml", "application/xml"},  {".jpg", "image/jpeg"},
              {".jpeg", "image/jpeg"},     {".png", "image/png"},        {".tif", "image/tiff"},
              {".tiff", "image/tiff"},     {".csv", "text/csv"},         {".txt", "text/plain"},
              {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
              {".odt", "application/vnd.oasis.opendocument.text"},
              {".zip", "application/zip"}};

struct str voucher_media(struct str name)
{
    for (size_t i = 0; i < sizeof medias / sizeof medias[0]; i++)
        if (str_ends_nocase(name, str_of(medias[i].end)))
            return str_of(medias[i].media);
    return STR_NONE;
}

/* A name of a file, and no way to one (B21, B22). */
static bool is_name(struct str name)
{
    struct str rest = name;
    if (name.len == 0 || name.len > VOUCHER_NAME_MAX || name.at[0] == '.' || str_is_absent(voucher_media(name)))
        return false;
    while (rest.len > 0) {
        uint32_t point = utf8_next(&rest);
        if (point < ' ' || point == '/' || point == '\\' || point == UTF8_REPLACEMENT || utf8_is_deceptive(point))
            return false;
    }
    return true;
}

struct str voucher_unique(struct ctx *ctx, struct str siret, int64_t id)
{
    return str_format(ctx->arena, "PJ%.*sN%lld", STR_ARG(siret), (long long)id);
}

/* ---- adding ---- */

static enum status need_open(struct ctx *ctx, const struct piece *piece)
{
    struct slip slip;
    TRY(right_need(ctx, RIGHT_ORDER));
    if (piece->slip == 0)
        return writer_need(ctx->town->writer, SYNC_FULL);
    TRY(slip_get(ctx, piece->slip, &slip));
    if (slip.state != SLIP_TO_SIGN)
        return refuse(ctx, CONFLICT, "accounting.slip_signed", T_accounting_slip_signed);
    return writer_need(ctx->town->writer, SYNC_FULL);
}

/* TypePJ of an expense or of a receipt (R50); documents of budgets and ORMC are none of a piece. */
static bool is_type(const struct piece *piece, struct str type)
{
    static const char *const expense[] = {"003", "004", "005", "006"}, *const receipt[] = {"002", "006", "008"};
    size_t count = piece->is_receipt ? sizeof receipt / sizeof *receipt : sizeof expense / sizeof *expense;
    for (size_t i = 0; i < count; i++)
        if (str_eq(type, str_of(piece->is_receipt ? receipt[i] : expense[i])))
            return true;
    return false;
}

static enum status check(const struct piece *piece, const struct voucher *voucher, struct str bytes,
                         struct faults *faults)
{
    if (!is_name(voucher->name))
        return fault_refuse(faults, "voucher.name", "name", voucher->name, STR("facture.pdf"));
    if (!is_type(piece, voucher->type))
        return fault_refuse(faults, "voucher.type", "type", voucher->type,
                            piece->is_receipt ? STR("002") : TYPE_EXPENSE);
    if (voucher->about.len == 0 || voucher->about.len > VOUCHER_ABOUT_MAX)
        return fault_refuse(faults, "voucher.about", "about", voucher->about, STR(""));
    if (bytes.len == 0 || bytes.len > VOUCHER_MAX)
        return fault_refuse(faults, "voucher.size", "file", voucher->name, STR(""));
    return OK;
}

static enum status keep(struct ctx *ctx, uint64_t piece, const struct voucher *voucher, struct str bytes)
{
    return sql_voucher_add(ctx->db, (struct sql_voucher_add){.piece = (int64_t)piece, .name = voucher->name,
                                                             .type = voucher->type, .bytes = bytes,
                                                             .about = voucher->about, .bill = voucher->bill});
}

enum status voucher_add(struct ctx *ctx, const struct piece *piece, const struct voucher *voucher, struct str bytes,
                        struct faults *faults)
{
    struct voucher *there;
    size_t count;
    TRY(need_open(ctx, piece));
    TRY(check(piece, voucher, bytes, faults));
    TRY(voucher_list(ctx, piece->sequence, &there, &count));
    if (count >= VOUCHERS_MAX)
        return fault_refuse(faults, "voucher.count", "file", STR(""), STR(""));
    return keep(ctx, piece->sequence, voucher, bytes);
}

/* What came without an end that is known has one of its bytes: a PDF, or XML. */
enum status voucher_add_bill(struct ctx *ctx, uint64_t piece, int64_t bill)
{
    struct voucher voucher = {.type = TYPE_EXPENSE, .about = BILL_KIND, .bill = bill};
    struct str bytes;
    enum status done = bill_file(ctx, bill, &voucher.name, &bytes);
    if (done == NOT_FOUND)
        return OK; /* it came on paper, or by hand */
    TRY(done);
    if (!is_name(voucher.name))
        voucher.name = str_starts(bytes, STR("%PDF-")) ? STR("facture.pdf") : STR("facture.xml");
    return keep(ctx, piece, &voucher, STR(""));
}

enum status voucher_drop(struct ctx *ctx, const struct piece *piece, int64_t id)
{
    struct sql_voucher_get_row row;
    TRY(need_open(ctx, piece));
    TRY(sql_voucher_get(ctx->db, ctx->arena, (struct sql_voucher_get){.id = id}, &row));
    if ((uint64_t)row.piece != piece->sequence)
        return NOT_FOUND;
    return sql_voucher_drop(ctx->db, (struct sql_voucher_drop){.id = id});
}

/* ---- reading ---- */

enum status voucher_list(struct ctx *ctx, uint64_t piece, struct voucher **ret_vouchers, size_t *ret_count)
{
    struct sql_voucher_list_row *rows;
    size_t count;
    TRY(sql_voucher_list(ctx->db, ctx->arena, (struct sql_voucher_list){.piece = (int64_t)piece}, &rows, &count));
    struct voucher *vouchers = arena_array(ctx->arena, struct voucher, count + 1);
    if (vouchers == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        vouchers[i] = (struct voucher){.id = rows[i].id, .bill = rows[i].bill, .piece = piece, .name = rows[i].name,
                                       .type = rows[i].type, .about = rows[i].about, .size = rows[i].size,
                                       .state = (enum voucher_state)rows[i].state, .said = rows[i].said};
    *ret_vouchers = vouchers;
    *ret_count = count;
    return OK;
}

enum status voucher_bytes(struct ctx *ctx, int64_t id, struct voucher *ret_voucher, struct str *ret_bytes)
{
    struct sql_voucher_get_row row;
    struct str name;
    TRY(sql_voucher_get(ctx->db, ctx->arena, (struct sql_voucher_get){.id = id}, &row));
    *ret_bytes = row.bytes;
    if (row.bill != 0)
        TRY(bill_file(ctx, row.bill, &name, ret_bytes));
    *ret_voucher = (struct voucher){.id = row.id, .bill = row.bill, .piece = (uint64_t)row.piece, .name = row.name,
                                    .type = row.type, .about = row.about, .size = (int64_t)ret_bytes->len,
                                    .state = (enum voucher_state)row.state, .said = row.said};
    return OK;
}

/* ---- which are expected ---- */

static enum status next_row(struct ctx *ctx, struct csv_reader *reader, struct csv_row *row)
{
    TRY(csv_next(reader, ctx->arena, row));
    return row->count == COLUMNS ? OK : CORRUPT;
}

static struct csv_reader open_rows(void)
{
    return csv_open(str_span(accounting_vouchers, accounting_vouchers_end));
}

/* How long the longest account of the table is that begins this one. */
static enum status longest(struct ctx *ctx, struct str nature, struct date day, size_t *ret_length)
{
    struct csv_reader reader = open_rows();
    struct csv_row row;
    enum status done;
    *ret_length = 0;
    TRY(next_row(ctx, &reader, &row)); /* the head */
    while ((done = next_row(ctx, &reader, &row)) == OK)
        if (str_starts(nature, row.fields[ACCOUNT]) && dated_holds(row.fields[SINCE], row.fields[UNTIL], day) &&
            row.fields[ACCOUNT].len > *ret_length)
            *ret_length = row.fields[ACCOUNT].len;
    return done == NOT_FOUND ? OK : done;
}

static bool is_among(struct str kind, const struct str *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_nocase(kind, kinds[i]))
            return true;
    return false;
}

static enum status add_wanted(struct ctx *ctx, struct str nature, struct date day, struct str *kinds, size_t *count)
{
    struct csv_reader reader = open_rows();
    struct csv_row row;
    enum status done;
    size_t length;
    TRY(longest(ctx, nature, day, &length));
    TRY(next_row(ctx, &reader, &row)); /* the head */
    while ((done = next_row(ctx, &reader, &row)) == OK) {
        bool is_it = length > 0 && row.fields[ACCOUNT].len == length && str_starts(nature, row.fields[ACCOUNT]);
        if (is_it && dated_holds(row.fields[SINCE], row.fields[UNTIL], day) && *count < VOUCHER_WANTED_MAX &&
            !is_among(row.fields[KIND], kinds, *count))
            kinds[(*count)++] = row.fields[KIND];
    }
    return done == NOT_FOUND ? OK : done;
}

enum status voucher_wanted(struct ctx *ctx, const struct imputation *lines, size_t count, struct date day,
                           struct str ret_kinds[VOUCHER_WANTED_MAX], size_t *ret_count)
{
    *ret_count = 0;
    for (size_t i = 0; i < count; i++)
        TRY(add_wanted(ctx, lines[i].nature, day, ret_kinds, ret_count));
    return OK;
}

enum status voucher_missing(struct ctx *ctx, const struct piece *piece, struct str ret_kinds[VOUCHER_WANTED_MAX],
                            size_t *ret_count)
{
    struct str wanted[VOUCHER_WANTED_MAX];
    struct imputation *lines;
    struct voucher *there;
    size_t count, wanted_count, line_count;
    *ret_count = 0;
    bool is_attached = str_eq(piece->type, STR(PES_ORDER_ATTACHED)); /* made as no invoice came (../close) */
    if (piece->is_receipt || piece->origin != 0 || piece_is_internal(piece) || is_attached)
        return OK;
    TRY(credit_lines(ctx, piece->sequence, &lines, &line_count));
    TRY(voucher_wanted(ctx, lines, line_count, piece->day, wanted, &wanted_count));
    TRY(voucher_list(ctx, piece->sequence, &there, &count));
    for (size_t i = 0; i < wanted_count; i++) {
        bool is_there = false;
        for (size_t j = 0; j < count; j++)
            is_there = is_there || str_eq_nocase(there[j].about, wanted[i]);
        if (!is_there)
            ret_kinds[(*ret_count)++] = wanted[i];
    }
    return OK;
}
