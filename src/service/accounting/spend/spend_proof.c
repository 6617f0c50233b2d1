#include "service/accounting/spend/spend_proof.h"

#include "core/town.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/docbudg/docbudg_check.h"
#include "service/accounting/pes/pes_signed.h"
#include "service/accounting/proof.h"
#include "service/accounting/spend/slip_file.h"
#include "service/accounting/spend/slip_sql.h"
#include "service/accounting/spend/spend_proof_sql.h"

enum { TREE_MAX = 64 << 20 };

/* ---- rows that do not agree: spend_proof.sql numbers them ---- */

static const char *const says[] = {
    [1] = "entry %lld: its mandat or titre says number %lld, the journal %lld, or another year, budget or sense (I5)",
    [2] = "entry %lld: it has no mandat or titre (%lld), and drew number %lld (I5)",
    [3] = "entry %lld: its engagement says number %lld, the journal %lld, or another year or budget (I5)",
    [4] = "entry %lld: its lines sum up to %lld cents, the journal says %lld (I1)",
    [5] = "entry %lld, posting %lld: its lines of that level sum up to %lld cents, which it does not (I1)",
    [6] = "bordereau %lld: numbers of its series go to %lld, and there are %lld (I5)",
    [7] = "bordereau %lld: its pieces stand at places up to %lld, and there are %lld (I5)",
    [8] = "bordereau %lld: its piece %lld is of another budget, year or sense than number %lld (I9)",
    [9] = "bordereau %lld: the engagement at entry %lld was attested by the person who signed, %lld (I11)",
    [10] = "exercise %lld: the year %lld is of no budget of this town, but of %lld (I15)",
    [11] = "entry %lld: its mandat or titre goes back to entry %lld, the journal to %lld (I7)",
    [12] = "entry %lld: it is paid on account %lld, which is not one of its third party %lld",
    [13] = "entry %lld: its invoice %lld is of another third party, engagement or state than %lld",
    [14] = "invoice %lld: its mandats come to %lld cents, and it to %lld",
    [15] = "entry %lld: %lld cents were ordered of its engagement, and %lld were attested",
    [16] = "entry %lld: the act %lld that opened these credits is of another year or budget, or there is none: %lld",
    [17] = "bordereau %lld: it has no piece (%lld of %lld)",
    [18] = "entry %lld: the file of its invoice %lld does not go along with it",
    [19] = "invoice %lld: it is ordered, and no mandat has it (%lld of %lld)",
    [22] = "entry %lld: its piece is of day %lld, the journal says %lld",
    [23] = "entry %lld: its lines stand at places up to %lld, and there are %lld",
    [20] = "entry %lld: half of an operation of order comes to %lld cents, the other half to %lld (I8)",
    [21] = "entry %lld: what was done for it takes back %lld cents of an attestation of %lld",
};
PROOF_EACH(spend_proof_rows, says)

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

/* What no other bordereau's file says too: sums of the series before it, and documents that go along. */
struct beside {
    struct money before;
    int64_t documents;
};

static enum status beside_of(struct ctx *ctx, const struct slip *slip, struct beside *ret_beside)
{
    struct sql_spend_proof_documents_row documents;
    struct sql_slip_before_row before;
    TRY(sql_slip_before(ctx->db, ctx->arena,
                        (struct sql_slip_before){.budget = slip->budget, .year = slip->year,
                                                 .is_receipt = slip->is_receipt, .type = slip->type,
                                                 .number = slip->number},
                        &before));
    TRY(sql_spend_proof_documents(ctx->db, ctx->arena, (struct sql_spend_proof_documents){.slip = slip->id},
                                  &documents));
    *ret_beside = (struct beside){.before = {before.cents}, .documents = documents.count};
    return OK;
}

/* MtCumulAnnuel is the running sum of the series (I9), where it is said. */
static bool is_running(const struct xml *block, const struct slip *slip, struct money before)
{
    struct str text = xml_value(block, "MtCumulAnnuel");
    struct money said;
    return str_is_absent(text) ||
           (money_parse(text, &said) == OK && money_add(&before, slip->net) == OK &&
            money_add(&before, slip->tax) == OK && money_is(before, said));
}

static int64_t count_of(const struct xml *parent, const char *name)
{
    int64_t count = 0;
    for (struct xml *child = parent != NULL ? xml_child(parent, name) : NULL; child != NULL;
         child = xml_next(child, name))
        count++;
    return count;
}

static const char *wrong_in(const struct xml *root, const struct slip *slip, const struct beside *beside)
{
    struct xml *flow = xml_child(root, slip->is_receipt ? "PES_RecetteAller" : "PES_DepenseAller");
    struct xml *bordereau = flow != NULL ? xml_child(flow, "Bordereau") : NULL;
    struct xml *block = bordereau != NULL ? xml_child(bordereau, "BlocBordereau") : NULL;
    struct money net, tax, sum = slip->net;
    int64_t number;
    if (block == NULL || xml_next(bordereau, "Bordereau") != NULL)
        return "one bordereau";
    if (str_to_i64(xml_value(block, "IdBord"), &number) != OK || number != slip->number)
        return "IdBord";
    if (count_of(bordereau, "Piece") != slip->pieces)
        return "Piece";
    if (count_of(xml_child(root, "PES_PJ"), "PJ") != beside->documents)
        return "PJ";
    if (!is_running(block, slip, beside->before))
        return "MtCumulAnnuel";
    if (amount_of(block, "MtBordHT", "MtBordHt", &net) != OK || amount_of(block, "MtBordTVA", "MtBordTva", &tax) != OK)
        return "MtBordHT, MtBordTVA";
    if (money_add(&sum, slip->tax) != OK || money_add(&net, tax) != OK || !money_is(sum, net))
        return "MtBordHT + MtBordTVA";
    return NULL;
}

static enum status prove_file(struct ctx *ctx, const struct slip *slip, struct proof *proof)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct faults *faults = faults_new(tree);
    struct xml_fault fault;
    struct xml *root;
    struct str bytes;
    struct beside beside;
    const char *wrong;
    if (faults == NULL)
        return LIMIT;
    TRY(beside_of(ctx, slip, &beside));
    TRY(slip_file_signed(ctx, slip, &bytes));
    if (xml_read_exact(tree, bytes, &root, &fault) != OK) {
        wrong = "XML";
    } else {
        TRY(pes_signed_check(tree, root, faults));
        wrong = faults->found > 0 ? "Signature" : wrong_in(root, slip, &beside);
    }
    if (wrong != NULL && proof_has_room(proof))
        buf_add_format(proof->findings, "bordereau %lld: its signed file does not say what its pieces do: %s (I9)\n",
                       (long long)slip->id, wrong);
    return OK;
}

static enum status prove_files(struct ctx *ctx, struct proof *proof)
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
            TRY(prove_file(&own, &slip, proof));
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

static enum status prove_act(struct ctx *ctx, int64_t id, struct proof *proof)
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
        if (is_of_balance(faults->kept[i].rule) && proof_has_room(proof))
            buf_add_format(proof->findings, "act %lld: %.*s: %.*s (I8)\n", (long long)id,
                           STR_ARG(faults->kept[i].rule), STR_ARG(faults->kept[i].value));
    return OK;
}

static enum status prove_acts(struct ctx *ctx, struct proof *proof)
{
    int64_t after = 0;
    for (size_t count = 1; count > 0;) {
        struct arena *arena ARENA_SCOPE = arena_create(TREE_MAX);
        struct sql_spend_proof_openings_row *rows;
        struct ctx own = *ctx;
        own.arena = arena;
        TRY(sql_spend_proof_openings(own.db, arena, (struct sql_spend_proof_openings){.after = after}, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            TRY(prove_act(&own, rows[i].act, proof));
            after = rows[i].act;
        }
    }
    return OK;
}

enum status spend_verify(struct ctx *ctx, struct buf *findings)
{
    struct proof proof = {.findings = findings};
    TRY(prove_spend_proof_rows(ctx, &proof));
    TRY(prove_files(ctx, &proof));
    TRY(prove_acts(ctx, &proof));
    return buf_status(findings);
}
