#include "service/accounting/spend/spend_proof.h"

#include "core/town.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/docbudg/docbudg_check.h"
#include "service/accounting/pes/pes_signed.h"
#include "service/accounting/spend/slip_file.h"
#include "service/accounting/spend/spend_proof_sql.h"

enum { FINDINGS_MAX = 100, TREE_MAX = 64 << 20 };

struct proving {
    struct buf *findings;
    size_t found;
};

static bool has_room(struct proving *proving)
{
    return proving->found++ < FINDINGS_MAX;
}

/* ---- rows that do not agree: spend_proof.sql numbers them ---- */

static const char *const disagreements[] = {
    [1] = "entry %lld: its mandat or titre says number %lld, the journal %lld, or another year, budget or sense (I5)",
    [2] = "entry %lld: it has no mandat or titre (%lld), and drew number %lld (I5)",
    [3] = "entry %lld: its engagement says number %lld, the journal %lld (I5)",
    [4] = "entry %lld: its lines sum up to %lld cents, the journal says %lld (I1)",
    [5] = "entry %lld, posting %lld: its lines of that level sum up to %lld cents, which it does not (I1)",
    [6] = "bordereau %lld: numbers of its series go to %lld, and there are %lld (I5)",
    [7] = "bordereau %lld: its pieces stand at places up to %lld, and there are %lld (I5)",
    [8] = "bordereau %lld: its piece %lld is of another budget, year or sense than number %lld (I9)",
    [9] = "bordereau %lld: the engagement at entry %lld was attested by the person who signed, %lld (I11)",
    [10] = "exercise %lld: the year %lld is of no budget of this town, but of %lld (I15)",
    [11] = "entry %lld: half of an operation of order comes to %lld cents, the other half to %lld (I8)",
    [12] = "bill %lld: its mandats come to %lld cents, and it is of %lld",
};
enum { DISAGREEMENTS = sizeof disagreements / sizeof disagreements[0] };

static enum status find_row(void *with, const struct sql_spend_proof_rows_row *row)
{
    struct proving *proving = with;
    if (row->finding < 1 || row->finding >= DISAGREEMENTS)
        return BUG;
    if (has_room(proving)) {
        buf_add_format(proving->findings, disagreements[row->finding], (long long)row->subject, (long long)row->found,
                       (long long)row->wanted);
        buf_add_c(proving->findings, "\n");
    }
    return OK;
}

/* ---- files that were signed ---- */

/* "123.45" of the element of that name, whose spelling differs between mandats and titres; 0: it is not there. */
static enum status amount_of(const struct xml *block, const char *name, const char *other, struct money *ret_amount)
{
    struct str text = xml_value(block, name);
    if (str_is_absent(text))
        text = xml_value(block, other);
    *ret_amount = (struct money){0};
    return str_is_absent(text) ? OK : money_parse(text, ret_amount);
}

static const char *wrong_in(const struct xml *root, const struct slip *slip)
{
    struct xml *flow = xml_child(root, slip->is_receipt ? "PES_RecetteAller" : "PES_DepenseAller");
    struct xml *bordereau = flow != NULL ? xml_child(flow, "Bordereau") : NULL;
    struct xml *block = bordereau != NULL ? xml_child(bordereau, "BlocBordereau") : NULL;
    struct money net, tax, sum = slip->net;
    int64_t number, pieces = 0;
    if (block == NULL || xml_next(bordereau, "Bordereau") != NULL)
        return "one bordereau";
    if (str_to_i64(xml_value(block, "IdBord"), &number) != OK || number != slip->number)
        return "IdBord";
    for (struct xml *piece = xml_child(bordereau, "Piece"); piece != NULL; piece = xml_next(piece, "Piece"))
        pieces++;
    if (pieces != slip->pieces)
        return "Piece";
    if (amount_of(block, "MtBordHT", "MtBordHt", &net) != OK || amount_of(block, "MtBordTVA", "MtBordTva", &tax) != OK)
        return "MtBordHT, MtBordTVA";
    if (money_add(&sum, slip->tax) != OK || money_add(&net, tax) != OK || !money_is(sum, net))
        return "MtBordHT + MtBordTVA";
    return NULL;
}

static enum status prove_file(struct ctx *ctx, const struct slip *slip, struct proving *proving)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct faults *faults = faults_new(tree);
    struct xml_fault fault;
    struct xml *root;
    struct str bytes;
    const char *wrong;
    if (faults == NULL)
        return LIMIT;
    TRY(slip_file_signed(ctx, slip, &bytes));
    if (xml_read_exact(tree, bytes, &root, &fault) != OK) {
        wrong = "XML";
    } else {
        TRY(pes_signed_check(tree, root, faults));
        wrong = faults->found > 0 ? "Signature" : wrong_in(root, slip);
    }
    if (wrong != NULL && has_room(proving))
        buf_add_format(proving->findings, "bordereau %lld: its signed file does not say what its pieces do: %s (I9)\n",
                       (long long)slip->id, wrong);
    return OK;
}

static enum status prove_files(struct ctx *ctx, struct proving *proving)
{
    int64_t after = 0;
    for (size_t count = 1; count > 0;) {
        struct arena *arena ARENA_SCOPE = arena_create(TREE_MAX);
        struct sql_spend_proof_slips_row *rows;
        struct ctx own = *ctx;
        own.arena = arena;
        TRY(sql_spend_proof_slips(own.db, arena, (struct sql_spend_proof_slips){.after = after}, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            struct slip slip;
            TRY(slip_get(&own, rows[i].id, &slip));
            TRY(prove_file(&own, &slip, proving));
            after = rows[i].id;
        }
    }
    return OK;
}

/* ---- acts whose credits were opened ---- */

/* As the vote looks at it (L1612-4), and nothing else of the document. */
static bool is_of_balance(struct str rule)
{
    static const char *const rules[] = {"docbudg.balance", "docbudg.transfer", "docbudg.between", "docbudg.within",
                                        "docbudg.order"};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (str_eq(rule, str_of(rules[i])))
            return true;
    return false;
}

static enum status prove_act(struct ctx *ctx, int64_t id, struct proving *proving)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct faults *faults = faults_new(tree);
    struct budget_act act;
    const struct chart *chart;
    struct docbudg read;
    struct xml *root;
    if (faults == NULL)
        return LIMIT;
    TRY(budget_act(ctx, id, &act));
    if (str_eq(act.kind, STR(BUDGET_TRANSFER)))
        return OK;
    TRY(budget_make(ctx, tree, act.document, &root));
    enum status done = docbudg_read(tree, root, &read, faults);
    if (done == INVALID || (done == OK && (size_t)act.place >= read.budget_count))
        return CORRUPT;
    TRY(done);
    TRY(budget_chart(ctx, &act, &chart));
    if (chart != NULL)
        docbudg_place(&read.budgets[act.place], chart);
    docbudg_check_balance(&read.budgets[act.place], chart, faults);
    for (size_t i = 0; i < faults->count; i++)
        if (is_of_balance(faults->kept[i].rule) && has_room(proving))
            buf_add_format(proving->findings, "act %lld: %.*s: %.*s (I8)\n", (long long)id,
                           STR_ARG(faults->kept[i].rule), STR_ARG(faults->kept[i].value));
    return OK;
}

static enum status prove_acts(struct ctx *ctx, struct proving *proving)
{
    int64_t after = 0;
    for (size_t count = 1; count > 0;) {
        struct arena *arena ARENA_SCOPE = arena_create(TREE_MAX);
        struct sql_spend_proof_openings_row *rows;
        struct ctx own = *ctx;
        own.arena = arena;
        TRY(sql_spend_proof_openings(own.db, arena, (struct sql_spend_proof_openings){.after = after}, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            TRY(prove_act(&own, rows[i].act, proving));
            after = rows[i].act;
        }
    }
    return OK;
}

enum status spend_verify(struct ctx *ctx, struct buf *findings)
{
    struct proving proving = {.findings = findings};
    TRY(sql_spend_proof_rows(ctx->db, find_row, &proving));
    TRY(prove_files(ctx, &proving));
    TRY(prove_acts(ctx, &proving));
    return buf_status(findings);
}
