#include "service/payroll/run/payrun_law.h"

#include <openssl/sha.h>

#include "base/base64.h"
#include "core/town.h"
#include "proto/csv/csv.h"
#include "service/payroll/employer/employer.h"
#include "service/payroll/run/payrun_sql.h"
#include "service/payroll/value/law_kept.h"

enum { TEXT_MAX = 4 << 20, FIELDS = 13, DAY_BYTES = 16, HEX_MAX = 2 * SHA256_DIGEST_LENGTH + 1 };

static struct str day_of(struct ctx *ctx, struct date day)
{
    struct buf text BUF_SCOPE = BUF_INIT(DAY_BYTES);
    if (day.days == 0)
        return STR("");
    date_write(&text, day);
    return str_copy(ctx->arena, buf_str(&text));
}

/* ---- figures of the employer ---- */

/* One row holds from its day to the day before the next of its code. */
static struct date until_of(const employer_row *rows, size_t row)
{
    bool has_next = row > 0 && str_eq(rows[row - 1].code, rows[row].code);
    return (struct date){has_next ? (int32_t)rows[row - 1].since_day - 1 : 0};
}

static void write_figure(struct ctx *ctx, struct buf *text, const employer_row *row, struct date until)
{
    enum employer_code code;
    if (employer_code_named(row->code, &code) != OK || code == EMPLOYER_SIZE)
        return;
    struct str name = text_of(LANGUAGE_FR, employer_code_text(code));
    const struct str fields[FIELDS] = {
        row->code, day_of(ctx, (struct date){(int32_t)row->since_day}), day_of(ctx, until),
        str_format(ctx->arena, "%lld/%d", (long long)row->value, LAW_MILLIONTHS), STR("ratio"),
        day_of(ctx, ctx_day(ctx, (struct instant){row->added_ms})), STR("A"), name, row->source, STR(""), STR("town"),
        STR(""), STR("")};
    csv_write(text, fields, FIELDS);
}

/* By code, the newest first; of one day the one added last is met first, and the others are passed over. */
static enum status add_figures(struct ctx *ctx, struct buf *text)
{
    employer_row *rows;
    size_t count, kept = 0;
    TRY(employer_list(ctx, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !str_eq(rows[kept - 1].code, rows[i].code) || rows[kept - 1].since_day != rows[i].since_day)
            rows[kept++] = rows[i];
    for (size_t i = 0; i < kept; i++)
        write_figure(ctx, text, &rows[i], until_of(rows, i));
    return OK;
}

/* ---- numbers that the town added ---- */

static enum status add_values(struct ctx *ctx, struct buf *text)
{
    law_kept_row *rows;
    size_t count;
    TRY(law_kept_list(ctx, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].approved_ms != 0 && rows[i].dropped_ms == 0)
            law_kept_write(ctx, text, &rows[i]);
    return OK;
}

enum status payrun_law_now(struct ctx *ctx, struct str *ret_text)
{
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    struct str shipped = law_text();
    buf_add(&text, shipped);
    if (!str_ends(shipped, STR("\n")))
        buf_add_byte(&text, '\n');
    TRY(add_figures(ctx, &text));
    TRY(add_values(ctx, &text));
    TRY(buf_status(&text));
    *ret_text = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

/* ---- kept ---- */

static struct str hash_of(struct ctx *ctx, struct str text)
{
    unsigned char hash[SHA256_DIGEST_LENGTH];
    SHA256((const unsigned char *)text.at, text.len, hash);
    return str_copy(ctx->arena, (struct str){(const char *)hash, sizeof hash});
}

enum status payrun_law_keep(struct ctx *ctx, struct str *ret_hash)
{
    struct str text;
    TRY(payrun_law_now(ctx, &text));
    *ret_hash = hash_of(ctx, text);
    if (str_is_absent(*ret_hash))
        return LIMIT;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_payrun_law_add(ctx->db, (struct sql_payrun_law_add){.hash = *ret_hash, .text = text});
}

enum status payrun_law_of(struct ctx *ctx, struct str hash, struct law *ret_law)
{
    struct sql_payrun_law_get_row row;
    struct law_fault fault;
    TRY(sql_payrun_law_get(ctx->db, ctx->arena, (struct sql_payrun_law_get){.hash = hash}, &row));
    if (!str_eq(hash_of(ctx, row.text), hash))
        return CORRUPT;
    enum status done = law_read(ctx->arena, row.text, ret_law, &fault);
    return done == INVALID ? CORRUPT : done;
}

struct str payrun_hash_words(struct ctx *ctx, struct str hash)
{
    struct buf text BUF_SCOPE = BUF_INIT(HEX_MAX);
    hex_encode(&text, hash);
    return str_copy(ctx->arena, buf_str(&text));
}
