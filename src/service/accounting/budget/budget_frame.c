/* The document around the lines of an act that is prepared here: that of an act before, of another year or kind. */
#include "service/accounting/budget/budget_make.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/budget/budget_sql.h"
#include "service/accounting/story/story.h"
#include "service/accounting/lang.h"

enum { TREE_MAX = 32 << 20 };

static struct str day_words(struct arena *arena, struct date day)
{
    struct buf text BUF_SCOPE = BUF_INIT(16);
    date_write(&text, day);
    return str_copy(arena, buf_str(&text));
}

/* The children of BlocBudget in the order of the schema (Class_Budget.xsd V95). */
static size_t order_of(struct str name)
{
    static const char *const names[] = {"Affect",   "NatDec",  "NumDec",  "Exer",           "ProjetBudget", "PJRef",
                                        "DteDec",   "DteDecEx", "NatVote", "NatVoteInv",    "NatVoteFonc",  "OpeEquip",
                                        "VoteFormelChap", "TypProv", "RefProv", "BudgPrec", "ReprRes",      "NatFonc"};
    size_t i = 0;
    while (i < sizeof names / sizeof *names && !str_eq(name, str_of(names[i])))
        i++;
    return i;
}

/* <Name V="value"/> where the schema has its place. */
static void set_in_order(struct arena *tree, struct xml *block, const char *name, struct str value)
{
    struct xml *rest, *child;
    xml_drop(block, name);
    rest = block->first;
    block->first = block->last = NULL;
    while (rest != NULL && order_of(rest->name) < order_of(str_of(name))) {
        child = rest;
        rest = rest->next;
        xml_append(block, child);
    }
    (void)xml_add_value(tree, block, name, value); /* an arena that is full fails the writing */
    while (rest != NULL) {
        child = rest;
        rest = rest->next;
        xml_append(block, child);
    }
}

static enum status write_frame(struct ctx *ctx, const struct xml *root, struct str *ret_frame)
{
    struct buf text BUF_SCOPE = BUF_INIT(BUDGET_FRAME_MAX);
    xml_write(&text, root, XML_UTF_8);
    TRY(buf_status(&text));
    *ret_frame = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(*ret_frame) ? LIMIT : OK;
}

/* One budget of it, for another act, and nothing that was said of the old one: seals, annexes, figures of the town. */
static enum status change(struct ctx *ctx, struct arena *tree, struct budget_frame *frame, int64_t place,
                          const struct budget_act *act)
{
    struct xml *kept = frame->read.budgets[place].element, *root = frame->root;
    struct xml *block = xml_child(kept, "BlocBudget"), *figures = xml_child(kept, "InformationsGenerales");
    if (block == NULL || frame->read.is_cfu)
        return refuse(ctx, INVALID, "accounting.no_draft", T_accounting_no_draft);
    xml_drop(root, "Budget");
    xml_drop(root, "Scellement");
    xml_append(root, kept);
    xml_drop(kept, "Annexes");
    if (figures != NULL)
        figures->first = figures->last = NULL;
    xml_drop(block, "NumDec");
    xml_drop(block, "DteDecEx");
    set_in_order(tree, block, "NatDec", act->kind);
    if (act->number.len > 0)
        set_in_order(tree, block, "NumDec", act->number);
    set_in_order(tree, block, "Exer", str_format(tree, "%d", act->year));
    set_in_order(tree, block, "ProjetBudget", STR("true"));
    set_in_order(tree, block, "DteDec", day_words(tree, ctx_today(ctx)));
    if (!str_eq(act->kind, STR(DOCBUDG_PRIMITIVE))) /* amounts of before are all that was voted so far */
        set_in_order(tree, block, "BudgPrec", STR("2"));
    return OK;
}

enum status budget_frame_begin(struct ctx *ctx, const struct budget_act *from, const struct budget_act *act,
                               int64_t *ret_document, int64_t *ret_act)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct budget_frame frame;
    struct str text;
    TRY(budget_frame_read(ctx, tree, from->document, &frame));
    if (from->place < 0 || (size_t)from->place >= frame.act_count)
        return CORRUPT;
    TRY(change(ctx, tree, &frame, from->place, act));
    TRY(write_frame(ctx, frame.root, &text));
    TRY(budget_document_begin(ctx, text, ret_document));
    return budget_act_begin(ctx, *ret_document, act, frame.read.budgets[from->place].kind, false, ret_act);
}

void budget_frame_date(struct arena *tree, struct xml *budget, struct date day)
{
    struct xml *block = xml_child(budget, "BlocBudget");
    if (block == NULL)
        return;
    set_in_order(tree, block, "ProjetBudget", STR("false"));
    set_in_order(tree, block, "DteDec", day_words(tree, day));
}

enum status budget_frame_levels(struct ctx *ctx, const struct budget_act *act, struct budget_levels *ret_levels)
{
    static const size_t letters[] = {[CHART_FUNCTIONING] = 1, [CHART_INVESTMENT] = 3};
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct budget_frame frame;
    TRY(budget_frame_read(ctx, tree, act->document, &frame));
    if (act->place < 0 || (size_t)act->place >= frame.read.budget_count)
        return CORRUPT;
    struct str vote = frame.read.budgets[act->place].vote;
    ret_levels->is_by_operation = frame.read.budgets[act->place].is_by_operation;
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        ret_levels->is_by_article[i] = vote.len > letters[i] && vote.at[letters[i]] == 'a';
    return OK;
}

/* Reads the frame of an act, has it changed, and keeps it. */
static enum status rewrite(struct ctx *ctx, const struct budget_act *act,
                           void (*edit)(struct arena *tree, struct xml *budget, struct date day), struct date day)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct budget_frame frame;
    struct str text;
    TRY(budget_frame_read(ctx, tree, act->document, &frame));
    edit(tree, xml_child(frame.root, "Budget"), day);
    TRY(write_frame(ctx, frame.root, &text));
    return sql_budget_frame_put(ctx->db, (struct sql_budget_frame_put){.frame = text, .id = act->document});
}

enum status budget_frame_vote(struct ctx *ctx, const struct budget_act *act, struct date day)
{
    return rewrite(ctx, act, budget_frame_date, day);
}

/* ReprRes 3: results are taken over after the account was decided. */
static void say_reported(struct arena *tree, struct xml *budget, struct date day)
{
    struct xml *block = xml_child(budget, "BlocBudget");
    (void)day;
    if (block != NULL)
        set_in_order(tree, block, "ReprRes", STR("3"));
}

enum status budget_frame_reported(struct ctx *ctx, const struct budget_act *act)
{
    return rewrite(ctx, act, say_reported, (struct date){0});
}

/* OpeEquip: operations of equipment are voted, each with credits of its own. */
static void say_operations(struct arena *tree, struct xml *budget, struct date day)
{
    struct xml *block = xml_child(budget, "BlocBudget");
    (void)day;
    if (block != NULL)
        set_in_order(tree, block, "OpeEquip", STR("true"));
}

enum status budget_frame_operations(struct ctx *ctx, const struct budget_act *act)
{
    return rewrite(ctx, act, say_operations, (struct date){0});
}

enum status budget_frame_annex(struct ctx *ctx, const struct budget_act *act, enum annex_kind kind, struct str text,
                               struct annex_fault *ret_fault)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct budget_frame frame;
    struct xml *block;
    struct str written;
    TRY(budget_frame_read(ctx, tree, act->document, &frame));
    if (act->place < 0 || (size_t)act->place >= frame.act_count)
        return CORRUPT;
    struct xml *budget = frame.read.budgets[act->place].element;
    TRY(annex_read(tree, ctx->language, kind, text, budget->space, &block, ret_fault));
    TRY(annex_put(tree, budget, kind, block));
    TRY(write_frame(ctx, frame.root, &written));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_budget_frame_put(ctx->db, (struct sql_budget_frame_put){.frame = written, .id = act->document}));
    TRY(story_add(ctx, STORY_ACT, act->id, "accounting.annex", annex_name(kind)));
    return audit_add(ctx, "accounting.annex", act->siret,
                     str_format(ctx->arena, "%d %.*s", act->year, STR_ARG(annex_name(kind))));
}
