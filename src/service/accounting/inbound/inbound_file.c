/* Files of invoices as rows, and all that is in one of them taken. */
#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/inbound/inbound.h"
#include "service/accounting/inbound/inbound_sql.h"
#include "service/accounting/lang.h"

/* A conversion that does not come: its town ended meanwhile. */
enum { LATE_MS = 10 * 60 * 1000, FAULTS_TOLD = 20 };

enum status inbound_keep(struct ctx *ctx, struct str name, struct str bytes, enum inbound_state state,
                         int64_t *ret_id)
{
    struct sql_inbound_same_row *same;
    struct sql_inbound_add_row row;
    size_t count;
    if (bytes.len > INBOUND_FILE_MAX)
        return LIMIT;
    TRY(sql_inbound_same(ctx->db, ctx->arena, (struct sql_inbound_same){.size = (int64_t)bytes.len, .file = bytes},
                         &same, &count));
    if (count > 0) {
        *ret_id = same[0].id;
        return OK;
    }
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_inbound_add(ctx->db, ctx->arena,
                        (struct sql_inbound_add){.name = name, .at_ms = ctx->now.ms, .person = ctx->actor.person,
                                                 .state = state, .size = (int64_t)bytes.len, .file = bytes},
                        &row));
    *ret_id = row.id;
    return OK;
}

enum status inbound_get(struct ctx *ctx, int64_t id, struct inbound_file *ret_file)
{
    struct sql_inbound_get_row row;
    struct rule rule;
    struct buf words BUF_SCOPE = BUF_INIT(1 << 10);
    TRY(sql_inbound_get(ctx->db, ctx->arena, (struct sql_inbound_get){.id = id}, &row));
    *ret_file = (struct inbound_file){.id = row.id, .person = row.person, .name = row.name, .said = row.said,
                                      .at = {row.at_ms}, .state = (enum inbound_state)row.state};
    if (ret_file->state != INBOUND_READING || ctx->now.ms - row.at_ms <= LATE_MS)
        return OK;
    TRY(rule_find(ctx->arena, STR("inbound.broken"), &rule));
    rule_say(&words, &rule, &(struct rule_words){.place = STR(""), .value = STR(""), .wanted = STR("")});
    ret_file->state = INBOUND_FAILED;
    ret_file->said = str_copy(ctx->arena, buf_str(&words));
    return OK;
}

enum status inbound_lines(struct ctx *ctx, int64_t id, struct inbound_line **ret_lines, size_t *ret_count)
{
    struct sql_inbound_line_list_row *rows;
    size_t count;
    TRY(sql_inbound_line_list(ctx->db, ctx->arena, (struct sql_inbound_line_list){.inbound = id}, &rows, &count));
    struct inbound_line *lines = arena_array(ctx->arena, struct inbound_line, count + 1);
    if (lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct inbound_line){.number = rows[i].number, .said = rows[i].said, .bill = rows[i].bill,
                                         .outcome = (enum inbound_outcome)rows[i].outcome};
    *ret_lines = lines;
    *ret_count = count;
    return OK;
}

enum status inbound_line_put(struct ctx *ctx, int64_t id, size_t place, const struct inbound_line *line)
{
    return sql_inbound_line_add(ctx->db, (struct sql_inbound_line_add){.inbound = id,
                                                                       .place = (int64_t)place,
                                                                       .number = line->number,
                                                                       .bill = line->bill,
                                                                       .outcome = line->outcome,
                                                                       .said = line->said});
}

enum status inbound_end(struct ctx *ctx, int64_t id, const struct faults *faults)
{
    struct sql_inbound_bills_row bills;
    TRY(sql_inbound_bills(ctx->db, ctx->arena, (struct sql_inbound_bills){.id = id}, &bills));
    bool is_read = faults == NULL || faults->count == 0 || bills.count > 0;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_inbound_end(ctx->db, (struct sql_inbound_end){.state = is_read ? INBOUND_READ : INBOUND_FAILED,
                                                          .said = is_read ? STR("") : faults->kept[0].mend,
                                                          .id = id}));
    return is_read ? OK : sql_inbound_empty(ctx->db, (struct sql_inbound_empty){.id = id});
}

static enum status take_one(struct ctx *ctx, int64_t id, size_t place, const struct inbound *inbound,
                            struct faults *faults, size_t *taken_count)
{
    struct inbound_taken taken = {.outcome = INBOUND_REFUSED};
    enum status done = inbound_take(ctx, inbound, id, faults, &taken);
    if (done != OK && (done != INVALID || faults->count == 0))
        return done;
    *taken_count += taken.bill != 0;
    return inbound_line_put(ctx, id, place,
                            &(struct inbound_line){.number = inbound->number,
                                                   .said = faults->count > 0 ? faults->kept[0].mend : STR(""),
                                                   .bill = taken.bill,
                                                   .outcome = taken.outcome});
}

enum status inbound_take_all(struct ctx *ctx, int64_t id, const struct inbound *invoices, size_t count,
                             const struct faults *faults)
{
    struct faults *own = NULL;
    size_t taken = 0;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    for (size_t i = 0; i < count; i++) {
        if ((own = faults_new(ctx->arena)) == NULL)
            return LIMIT;
        TRY(take_one(ctx, id, i + 1, &invoices[i], own, &taken));
    }
    for (size_t i = 0; i < faults->count && i < FAULTS_TOLD; i++)
        TRY(inbound_line_put(ctx, id, count + i + 1,
                             &(struct inbound_line){.number = faults->kept[i].place, .said = faults->kept[i].mend,
                                                    .outcome = INBOUND_REFUSED}));
    return inbound_end(ctx, id, taken > 0 ? NULL : own); /* nothing is kept of what gave nothing */
}
