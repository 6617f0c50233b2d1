#include "service/payroll/value/law_kept.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/town.h"
#include "proto/csv/csv.h"
#include "service/payroll/lang.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/run/payrun_law.h"
#include "service/payroll/view/panel.h"

enum { FIELDS = 13, DAY_BYTES = 16, TEXT_MAX = 4 << 20, PERCENT = 100 };

/* ---- read ---- */

enum status law_kept_list(struct ctx *ctx, law_kept_row **ret_rows, size_t *ret_count)
{
    return sql_law_kept_list(ctx->db, ctx->arena, ret_rows, ret_count);
}

enum status law_kept_get(struct ctx *ctx, int64_t id, law_kept_row *ret_row)
{
    law_kept_row *rows;
    size_t count;
    TRY(law_kept_list(ctx, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id) {
            *ret_row = rows[i];
            return OK;
        }
    return NOT_FOUND;
}

static struct str day_of(struct ctx *ctx, int64_t days)
{
    struct buf text BUF_SCOPE = BUF_INIT(DAY_BYTES);
    if (days == 0)
        return STR("");
    date_write(&text, (struct date){(int32_t)days});
    return str_copy(ctx->arena, buf_str(&text));
}

void law_kept_write(struct ctx *ctx, struct buf *text, const law_kept_row *row)
{
    struct instant known = {row->approved_ms != 0 ? row->approved_ms : ctx->now.ms};
    const struct str fields[FIELDS] = {row->code, day_of(ctx, row->since_day), day_of(ctx, row->until_day), row->value,
                                       row->unit, day_of(ctx, ctx_day(ctx, known).days), row->trust, row->name,
                                       row->source, row->link, row->scope, STR(""), day_of(ctx, row->again_day)};
    csv_write(text, fields, FIELDS);
}

/* ---- entered ---- */

/* "37,65 %" of a ratio, "59,0734" of euros; a fraction and the name of a choice stay as they are. */
static enum status value_of(struct ctx *ctx, enum law_unit unit, struct str text, struct str *ret_value)
{
    int64_t millionths;
    text = str_trim(text);
    *ret_value = text;
    if (unit == LAW_CHOICE || str_find_byte(text, '/') != SIZE_MAX)
        return OK;
    bool is_percent = str_ends(text, STR("%"));
    TRY(panel_read_number(is_percent ? str_slice(text, 0, text.len - 1) : text, &millionths));
    if (millionths < 0 || (is_percent && (unit != LAW_RATIO || millionths % PERCENT != 0)))
        return INVALID;
    millionths /= is_percent ? PERCENT : 1;
    *ret_value = str_format(ctx->arena, "%lld.%06lld", (long long)(millionths / LAW_MILLIONTHS),
                            (long long)(millionths % LAW_MILLIONTHS));
    return OK;
}

/* What the program says of that code: its unit and its name. */
static enum status like_of(struct ctx *ctx, struct str code, const struct law_value **ret_like)
{
    struct law law;
    enum law_code wanted;
    if (law_code_named(code, &wanted) != OK)
        return refuse(ctx, INVALID, "payroll.law_code", T_payroll_law_code_wrong);
    TRY(law_shipped(ctx->arena, &law));
    for (size_t i = law.count; i > 0; i--)
        if (law.at[i - 1].code == wanted) {
            *ret_like = &law.at[i - 1];
            return OK;
        }
    return refuse(ctx, INVALID, "payroll.law_code", T_payroll_law_code_wrong);
}

static bool is_text(struct str text, bool is_needed)
{
    return text.len > 0 ? utf8_is_line(text, LAW_KEPT_TEXT_MAX) : !is_needed;
}

static enum status row_of(struct ctx *ctx, const struct law_kept_given *given, law_kept_row *ret_row)
{
    const struct law_value *like;
    struct str scope = given->scope.len == 0 ? STR("national") : given->scope;
    law_kept_row row = {.code = given->code, .since_day = given->since.days, .until_day = given->until.days,
                        .trust = given->trust, .source = str_trim(given->source), .link = str_trim(given->link),
                        .scope = scope, .again_day = given->again.days};
    TRY(like_of(ctx, given->code, &like));
    row.unit = str_of(law_unit_name(like->unit));
    row.name = like->name;
    if (value_of(ctx, like->unit, given->value, &row.value) != OK)
        return refuse(ctx, INVALID, "payroll.law_value", T_payroll_law_value_wrong);
    if (!is_text(row.source, true) || !is_text(row.link, false))
        return refuse(ctx, INVALID, "payroll.law_text", T_payroll_source_wrong);
    *ret_row = row;
    return OK;
}

static struct str other_words(struct ctx *ctx, const struct law *law, size_t place)
{
    if (place >= law->count)
        return STR("");
    const struct law_value *value = &law->at[place];
    return str_format(ctx->arena, "%s, %.*s, %.*s", law_code_name(value->code),
                      STR_ARG(day_of(ctx, value->since.days)), STR_ARG(value->source));
}

/* With all that is known and all that waits. */
static enum status look_at_whole(struct ctx *ctx, const law_kept_row *row, struct str *ret_other)
{
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    struct law law;
    struct law_fault fault;
    struct str now;
    TRY(payrun_law_now(ctx, &now));
    buf_add(&text, now);
    law_kept_write(ctx, &text, row);
    TRY(buf_status(&text));
    if (law_read(ctx->arena, buf_str(&text), &law, &fault) != OK)
        return refuse(ctx, INVALID, "payroll.law_value", T_payroll_law_value_wrong);
    if (law_check(&law, &fault) == OK)
        return OK;
    if (ret_other != NULL)
        *ret_other = other_words(ctx, &law, fault.row == law.count - 1 ? fault.other : fault.row);
    bool is_hole = strcmp(fault.what, "law.hole") == 0, is_dates = strcmp(fault.what, "law.dates") == 0;
    return refuse(ctx, INVALID, "payroll.law_whole",
                  is_hole ? T_payroll_law_hole : is_dates ? T_payroll_until_wrong : T_payroll_law_overlap);
}

enum status law_kept_add(struct ctx *ctx, const struct law_kept_given *given, struct str *ret_other)
{
    law_kept_row row;
    struct sql_law_kept_count_row all;
    TRY(payroll_right_need(ctx, PAYROLL_PREPARE));
    TRY(row_of(ctx, given, &row));
    TRY(look_at_whole(ctx, &row, ret_other));
    TRY(sql_law_kept_count(ctx->db, ctx->arena, &all));
    if (all.count >= LAW_KEPT_MAX)
        return refuse(ctx, LIMIT, "payroll.law_many", T_payroll_law_many);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_law_kept_add(ctx->db, (struct sql_law_kept_add){.code = row.code, .since_day = row.since_day,
                                                            .until_day = row.until_day, .value = row.value,
                                                            .unit = row.unit, .trust = row.trust, .name = row.name,
                                                            .source = row.source, .link = row.link,
                                                            .scope = row.scope, .again_day = row.again_day,
                                                            .added_by = ctx->actor.person, .added_ms = ctx->now.ms}));
    return audit_add(ctx, "payroll.law", row.code, row.source);
}

/* ---- approved, dropped ---- */

enum status law_kept_approve(struct ctx *ctx, int64_t id)
{
    law_kept_row row;
    struct str other;
    TRY(law_kept_get(ctx, id, &row));
    TRY(payroll_right_apart(ctx, row.adder));
    if (row.approved_ms != 0 || row.dropped_ms != 0)
        return refuse(ctx, CONFLICT, "payroll.law_settled", T_payroll_law_settled);
    TRY(look_at_whole(ctx, &row, &other));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_law_kept_approve(ctx->db, (struct sql_law_kept_approve){.person = ctx->actor.person,
                                                                    .now_ms = ctx->now.ms, .id = id}));
    return audit_add(ctx, "payroll.law_approve", row.code, row.source);
}

enum status law_kept_drop(struct ctx *ctx, int64_t id)
{
    law_kept_row row;
    TRY(law_kept_get(ctx, id, &row));
    TRY(payroll_right_need(ctx, row.approved_ms != 0 ? PAYROLL_APPROVE : PAYROLL_PREPARE));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_law_kept_drop(ctx->db, (struct sql_law_kept_drop){.now_ms = ctx->now.ms, .id = id}));
    return audit_add(ctx, "payroll.law_drop", row.code, row.source);
}

/* ---- a decree ---- */

static enum status day_in(struct str text, struct date *ret_day)
{
    *ret_day = (struct date){0};
    return str_trim(text).len == 0 ? OK : date_parse(str_trim(text), ret_day);
}

static enum status given_of(struct ctx *ctx, const struct csv_row *row, struct law_kept_given *ret_given)
{
    enum { CODE, SINCE, UNTIL, VALUE, UNIT, KNOWN, TRUST, NAME, SOURCE, LINK, SCOPE, ABOVE, AGAIN };
    bool is_form = row->count == SCOPE || row->count == FIELDS;
    *ret_given = (struct law_kept_given){.scope = STR("")};
    if (!is_form || date_parse(str_trim(row->fields[SINCE]), &ret_given->since) != OK ||
        day_in(row->fields[UNTIL], &ret_given->until) != OK)
        return refuse(ctx, INVALID, "payroll.law_form", T_payroll_law_form_wrong);
    ret_given->code = str_trim(row->fields[CODE]);
    ret_given->value = row->fields[VALUE];
    ret_given->trust = row->fields[TRUST];
    ret_given->source = row->fields[SOURCE];
    ret_given->link = row->fields[LINK];
    if (row->count == SCOPE)
        return OK;
    ret_given->scope = row->fields[SCOPE];
    return day_in(row->fields[AGAIN], &ret_given->again) == OK
               ? OK
               : refuse(ctx, INVALID, "payroll.law_form", T_payroll_law_form_wrong);
}

static enum status take_all(struct ctx *ctx, struct str file, int64_t *ret_line, struct str *ret_other)
{
    struct csv_reader reader = csv_open(file);
    struct csv_row *row = arena_new(ctx->arena, struct csv_row);
    struct law_kept_given given;
    enum status done;
    if (row == NULL)
        return LIMIT;
    *ret_line = 1;
    if (csv_next(&reader, ctx->arena, row) != OK) /* the head */
        return refuse(ctx, INVALID, "payroll.law_form", T_payroll_law_form_wrong);
    while ((done = csv_next(&reader, ctx->arena, row)) == OK) {
        *ret_line = row->line;
        TRY(given_of(ctx, row, &given));
        TRY(law_kept_add(ctx, &given, ret_other));
    }
    return done == NOT_FOUND ? OK : refuse(ctx, INVALID, "payroll.law_form", T_payroll_law_form_wrong);
}

enum status law_kept_import(struct ctx *ctx, struct str file, int64_t *ret_line, struct str *ret_other)
{
    *ret_line = 0;
    TRY(payroll_right_need(ctx, PAYROLL_PREPARE));
    if (file.len == 0 || file.len > LAW_KEPT_FILE_MAX || !utf8_is_valid(file))
        return refuse(ctx, INVALID, "payroll.law_form", T_payroll_law_form_wrong);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_savepoint(ctx->db)); /* the page tells of what is refused, and its job is committed */
    return db_settle(ctx->db, take_all(ctx, file, ret_line, ret_other));
}
