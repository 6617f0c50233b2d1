/* The file of a bordereau comes back signed, and is kept as it came. */
#include "core/town.h"
#include "service/accounting/lang.h"
#include "service/accounting/pes/pes_signed.h"
#include "service/accounting/pes/pes_write.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/slip_file.h"
#include "service/accounting/spend/slip_sql.h"
#include "service/accounting/story/story.h"

enum { TREE_MAX = 32 << 20, WHERE_MAX = 1 << 10 };

static enum status check_signatures(struct ctx *ctx, struct str bytes, struct faults *faults)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct xml *root;
    struct xml_fault fault;
    if (xml_read_exact(tree, bytes, &root, &fault) != OK || !pes_is_signed(root))
        return refuse(ctx, INVALID, "accounting.pes_not_ours", T_accounting_pes_not_ours);
    TRY(pes_signed_check(tree, root, faults));
    return faults->found > 0 ? INVALID : OK;
}

enum status slip_file_take(struct ctx *ctx, const struct slip *slip, struct str bytes, struct faults *faults)
{
    struct buf own BUF_SCOPE = BUF_INIT(PES_WRITTEN_MAX), where BUF_SCOPE = BUF_INIT(WHERE_MAX);
    TRY(right_need(ctx, RIGHT_SIGN | RIGHT_ORDER));
    TRY(slip_file_need_signed(ctx, slip));
    if (slip->state != SLIP_SIGNED || bytes.len > SLIP_FILE_MAX)
        return refuse(ctx, CONFLICT, "accounting.slip_sent", T_accounting_slip_sent_already);
    TRY(slip_file_write(ctx, slip, &own, faults));
    enum status same = pes_signed_compare(bytes, buf_str(&own), &where);
    if (same != OK)
        return same == CONFLICT || same == INVALID
                   ? refuse_with(ctx, INVALID, "accounting.pes_not_ours", T_accounting_pes_not_ours, "%.*s",
                                 STR_ARG(buf_str(&where)))
                   : same;
    TRY(check_signatures(ctx, bytes, faults));
    struct credit_year year;
    TRY(credit_year(ctx, slip->budget, slip->year, &year));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(story_add(ctx, STORY_SLIP, slip->id, "accounting.slip_file", STR("")));
    return sql_slip_file_put(ctx->db, (struct sql_slip_file_put){.file_name = slip_file_name(ctx, &year, slip),
                                                                 .file = bytes, .id = slip->id});
}

enum status slip_file_signed(struct ctx *ctx, const struct slip *slip, struct str *ret_bytes)
{
    struct sql_slip_file_row row;
    TRY(sql_slip_file(ctx->db, ctx->arena, (struct sql_slip_file){.id = slip->id}, &row));
    *ret_bytes = row.file;
    return row.file.len > 0 ? OK : NOT_FOUND;
}
