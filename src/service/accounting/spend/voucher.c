#include "service/accounting/spend/voucher.h"

#include "base/utf8.h"
#include "core/town.h"
#include "service/accounting/lang.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/slip.h"
#include "service/accounting/spend/voucher_sql.h"

#define TYPE_EXPENSE STR("003")
#define TYPE_RECEIPT STR("002")
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

/* ---- what one file has room for ---- */

enum status voucher_fit(struct ctx *ctx, const uint64_t *pieces, size_t count, int64_t more, const char *rule,
                        struct faults *faults)
{
    enum { MEGABYTE = 1 << 20 };
    struct voucher *vouchers;
    size_t found;
    int64_t size = more;
    for (size_t i = 0; i < count; i++) {
        TRY(voucher_list(ctx, pieces[i], &vouchers, &found));
        for (size_t j = 0; j < found; j++)
            size += vouchers[j].size;
    }
    if (size <= VOUCHER_SLIP_MAX)
        return OK;
    return fault_refuse(faults, rule, "pieces",
                        str_format(ctx->arena, "%lld", (long long)(size + MEGABYTE - 1) / MEGABYTE),
                        str_format(ctx->arena, "%d", VOUCHER_SLIP_MAX / MEGABYTE));
}

enum status voucher_fit_slip(struct ctx *ctx, int64_t slip, int64_t more, struct faults *faults)
{
    struct piece *pieces;
    size_t count;
    TRY(piece_list_of_slip(ctx, slip, &pieces, &count));
    uint64_t *sequences = arena_array(ctx->arena, uint64_t, count + 1);
    if (sequences == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        sequences[i] = pieces[i].sequence;
    return voucher_fit(ctx, sequences, count, more, "voucher.slip", faults);
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
                            piece->is_receipt ? TYPE_RECEIPT : TYPE_EXPENSE);
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
    if (piece->slip != 0)
        TRY(voucher_fit_slip(ctx, piece->slip, (int64_t)bytes.len, faults));
    return keep(ctx, piece->sequence, voucher, bytes);
}

/* What came without an end that is known has one of its bytes: a PDF, or XML. */
enum status voucher_add_bill(struct ctx *ctx, uint64_t piece, bool is_receipt, int64_t bill)
{
    struct voucher voucher = {.type = is_receipt ? TYPE_RECEIPT : TYPE_EXPENSE, .about = BILL_KIND, .bill = bill};
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
