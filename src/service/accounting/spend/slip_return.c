#include "base/utf8.h"
#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/lang.h"
#include "service/accounting/pes/pes_return.h"
#include "service/accounting/receipt/suspense.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/slip_file.h"
#include "service/accounting/spend/slip_sql.h"
#include "service/accounting/spend/voucher.h"
#include "service/accounting/spend/voucher_sql.h"
#include "service/accounting/story/story.h"

/* What the codes EtatPce and NatSusp mean stands in no text that was found (../pes/README.md): they are kept as they
 * are. That a piece was taken in charge is said by its day (DtePcePec). */
enum { TREE_MAX = 32 << 20, SAID_MAX = 500 };

/* ---- a bordereau was taken or not (PES_ACQUIT) ---- */

static void add_errors(struct buf *words, const struct pes_answer *answer)
{
    for (size_t i = 0; i < answer->error_count && words->len < SAID_MAX; i++)
        buf_add_format(words, "%s%.*s %.*s", words->len > 0 ? "; " : "", STR_ARG(answer->errors[i].code),
                       STR_ARG(answer->errors[i].label));
}

/* ---- a document was taken or not: its own, whatever became of its bordereau ---- */

/* NOT_FOUND: of another program, or another town. */
static enum status find_document(struct ctx *ctx, struct str unique, struct sql_voucher_get_row *row)
{
    struct credit_year year;
    struct piece piece;
    int64_t id;
    size_t at = str_find_byte_last(unique, 'N');
    if (!str_starts(unique, STR("PJ")) || str_to_i64(str_after(unique, at + 1), &id) != OK)
        return NOT_FOUND;
    TRY(sql_voucher_get(ctx->db, ctx->arena, (struct sql_voucher_get){.id = id}, row));
    TRY(piece_get(ctx, (uint64_t)row->piece, &piece));
    TRY(credit_year(ctx, piece.budget, piece.year, &year));
    return str_eq(unique, voucher_unique(ctx, year.siret, id)) ? OK : NOT_FOUND;
}

static enum status take_document(struct ctx *ctx, const struct pes_answer *answer, struct slip_taken *taken)
{
    struct buf words BUF_SCOPE = BUF_INIT(4 * SAID_MAX);
    struct sql_voucher_get_row row;
    enum status done = find_document(ctx, answer->document, &row);
    taken->unknown += done == NOT_FOUND;
    taken->aside += done == OK && answer->state.len == 0;
    if (done == NOT_FOUND || answer->state.len == 0)
        return OK;
    TRY(done);
    add_errors(&words, answer);
    enum voucher_state state = str_eq(answer->state, STR("1")) ? VOUCHER_ACCEPTED : VOUCHER_REFUSED;
    struct str said = utf8_prefix(buf_str(&words), SAID_MAX);
    if (row.state == (int64_t)state && str_eq(row.said, said))
        return OK; /* told before */
    taken->taken++;
    return sql_voucher_say(ctx->db, (struct sql_voucher_say){.state = state, .said = said, .id = row.id});
}

static enum status take_documents(struct ctx *ctx, const struct pes_return *file, struct slip_taken *taken)
{
    for (size_t i = 0; i < file->answers.count; i++)
        if (file->answers.at[i].about == PES_ABOUT_DOCUMENT)
            TRY(take_document(ctx, &file->answers.at[i], taken));
    return OK;
}

/* What is said of the bordereau itself, and of what is in it, as one text. */
static struct str words_of(struct ctx *ctx, const struct pes_return *file)
{
    struct buf words BUF_SCOPE = BUF_INIT(4 * SAID_MAX);
    for (size_t i = 0; i < file->answers.count; i++)
        if (file->answers.at[i].about != PES_ABOUT_DOCUMENT)
            add_errors(&words, &file->answers.at[i]);
    return str_copy(ctx->arena, utf8_prefix(buf_str(&words), SAID_MAX));
}

static enum status take_acquit(struct ctx *ctx, const struct pes_return *file, struct slip_taken *taken)
{
    struct sql_slip_of_file_row row;
    bool is_said = false, is_taken = true;
    for (size_t i = 0; i < file->answers.count; i++) {
        const struct pes_answer *answer = &file->answers.at[i];
        if (answer->about != PES_ABOUT_SLIP || answer->state.len == 0)
            continue;
        is_said = true;
        is_taken &= str_eq(answer->state, STR("1"));
    }
    TRY(take_documents(ctx, file, taken));
    if (!is_said)
        return OK;
    TRY(sql_slip_of_file(ctx->db, ctx->arena, (struct sql_slip_of_file){.file_name = file->file_name}, &row));
    enum slip_state state = is_taken ? SLIP_ACCEPTED : SLIP_REFUSED;
    struct str words = words_of(ctx, file);
    if (row.state == (int64_t)state && str_eq(row.answer, words))
        return OK; /* told before */
    taken->taken++;
    TRY(story_add(ctx, STORY_SLIP, row.id, "accounting.slip_answer", words));
    return sql_slip_answer(ctx->db, (struct sql_slip_answer){
                                        .state = state, .answered_ms = ctx->now.ms, .answer = words, .id = row.id});
}

/* ---- what became of pieces (PES_Retour) ---- */

static struct str said_of(struct ctx *ctx, const struct pes_answer *answer)
{
    struct buf words BUF_SCOPE = BUF_INIT(4 * SAID_MAX);
    if (answer->state.len > 0)
        buf_add_format(&words, "EtatPce %.*s", STR_ARG(answer->state));
    if (answer->suspension.len > 0)
        buf_add_format(&words, "%sNatSusp %.*s", words.len > 0 ? ", " : "", STR_ARG(answer->suspension));
    add_errors(&words, answer);
    return str_copy(ctx->arena, utf8_prefix(buf_str(&words), SAID_MAX));
}

static enum status take_piece(struct ctx *ctx, const struct pes_return *file, const struct pes_answer *answer,
                              struct slip_taken *taken)
{
    struct sql_slip_piece_row row;
    enum status done = sql_slip_piece(ctx->db, ctx->arena,
                                      (struct sql_slip_piece){.siret = file->siret, .year = answer->year,
                                                              .is_receipt = answer->is_receipt,
                                                              .number = answer->piece},
                                      &row);
    taken->unknown += done == NOT_FOUND;
    if (done == NOT_FOUND)
        return OK; /* of another program, or of a year before this one */
    TRY(done);
    struct str said = said_of(ctx, answer);
    int64_t state = answer->taken_on.days != 0 && row.state == PIECE_ORDERED ? PIECE_TAKEN : row.state;
    int64_t day = answer->taken_on.days != 0 ? answer->taken_on.days : row.stated_day;
    if (state == row.state && day == row.stated_day && str_eq(said, row.said))
        return OK;
    taken->taken++;
    return sql_slip_piece_say(ctx->db, (struct sql_slip_piece_say){
                                           .state = state, .stated_day = day, .said = said, .sequence = row.sequence});
}

enum status slip_return_take(struct ctx *ctx, struct str bytes, struct faults *faults, struct slip_taken *ret_taken)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct pes_return file;
    struct xml_fault fault;
    struct xml *root;
    *ret_taken = (struct slip_taken){0};
    TRY(right_need(ctx, RIGHT_ORDER | RIGHT_SIGN));
    if (bytes.len > SLIP_RETURN_MAX)
        return LIMIT;
    if (xml_read(tree, bytes, &root, &fault) != OK)
        return refuse(ctx, INVALID, "accounting.return", T_accounting_return_wrong);
    TRY(pes_return_read(tree, root, &file, faults));
    ret_taken->unread = faults->found;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    if (file.kind == PES_ACQUIT) {
        enum status done = take_acquit(ctx, &file, ret_taken);
        return done == NOT_FOUND ? refuse(ctx, INVALID, "accounting.return_other", T_accounting_return_other) : done;
    }
    for (size_t i = 0; i < file.answers.count; i++) {
        ret_taken->aside += file.answers.at[i].about != PES_ABOUT_PIECE && file.answers.at[i].about != PES_ABOUT_SLIP;
        if (file.answers.at[i].about == PES_ABOUT_PIECE)
            TRY(take_piece(ctx, &file, &file.answers.at[i], ret_taken));
    }
    struct suspense_taken receipts = {0};
    TRY(suspense_take_return(ctx, root, &receipts));
    ret_taken->taken += receipts.added;
    ret_taken->refused = receipts.left_out;
    return OK;
}
