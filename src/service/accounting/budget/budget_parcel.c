#include "service/accounting/budget/budget_parcel.h"

#include "core/shape.h"

struct document_parcel {
    struct str frame;
    bool replaces;
};
static const struct shape_field document_fields[] = {SHAPE_FIELD(document_parcel, frame, SHAPE_TEXT, 0),
                                                     SHAPE_FIELD(document_parcel, replaces, SHAPE_BOOL, 0)};
static const struct shape document_shape = SHAPE_OF(document_parcel, document_fields);

struct act_parcel {
    int64_t place, year, decided;
    struct str label, siret, budget_kind, kind, number, nomenclature;
    bool is_draft;
};
static const struct shape_field act_fields[] = {
    SHAPE_FIELD(act_parcel, place, SHAPE_INT, 0),        SHAPE_FIELD(act_parcel, year, SHAPE_INT, 0),
    SHAPE_FIELD(act_parcel, decided, SHAPE_INT, 0),      SHAPE_FIELD(act_parcel, label, SHAPE_TEXT, 0),
    SHAPE_FIELD(act_parcel, siret, SHAPE_TEXT, 0),       SHAPE_FIELD(act_parcel, budget_kind, SHAPE_TEXT, 0),
    SHAPE_FIELD(act_parcel, kind, SHAPE_TEXT, 0),        SHAPE_FIELD(act_parcel, number, SHAPE_TEXT, 0),
    SHAPE_FIELD(act_parcel, nomenclature, SHAPE_TEXT, 0), SHAPE_FIELD(act_parcel, is_draft, SHAPE_BOOL, 0),
};
static const struct shape act_shape = SHAPE_OF(act_parcel, act_fields);

struct line_parcel {
    int64_t act, place, direction, kind, section, has;
    int64_t previous, carried, proposed, voted, opened, done, remaining;
    struct str nature, function, operation, chapter, function_chapter, operation_chapter, group_chapter, extra;
};
static const struct shape_field line_fields[] = {
    SHAPE_FIELD(line_parcel, act, SHAPE_INT, DOCBUDG_BUDGETS_MAX),
    SHAPE_FIELD(line_parcel, place, SHAPE_INT, 0),
    SHAPE_FIELD(line_parcel, direction, SHAPE_INT, CHART_RECEIPT),
    SHAPE_FIELD(line_parcel, kind, SHAPE_INT, CHART_WITHIN),
    SHAPE_FIELD(line_parcel, section, SHAPE_INT, CHART_NO_SECTION),
    SHAPE_FIELD(line_parcel, has, SHAPE_INT, 0),
    SHAPE_FIELD(line_parcel, previous, SHAPE_INT, MONEY_MAX),
    SHAPE_FIELD(line_parcel, carried, SHAPE_INT, MONEY_MAX),
    SHAPE_FIELD(line_parcel, proposed, SHAPE_INT, MONEY_MAX),
    SHAPE_FIELD(line_parcel, voted, SHAPE_INT, MONEY_MAX),
    SHAPE_FIELD(line_parcel, opened, SHAPE_INT, MONEY_MAX),
    SHAPE_FIELD(line_parcel, done, SHAPE_INT, MONEY_MAX),
    SHAPE_FIELD(line_parcel, remaining, SHAPE_INT, MONEY_MAX),
    SHAPE_FIELD(line_parcel, nature, SHAPE_TEXT, 0),
    SHAPE_FIELD(line_parcel, function, SHAPE_TEXT, 0),
    SHAPE_FIELD(line_parcel, operation, SHAPE_TEXT, 0),
    SHAPE_FIELD(line_parcel, chapter, SHAPE_TEXT, 0),
    SHAPE_FIELD(line_parcel, function_chapter, SHAPE_TEXT, 0),
    SHAPE_FIELD(line_parcel, operation_chapter, SHAPE_TEXT, 0),
    SHAPE_FIELD(line_parcel, group_chapter, SHAPE_TEXT, 0),
    SHAPE_FIELD(line_parcel, extra, SHAPE_TEXT, BUDGET_EXTRA_MAX),
};
static const struct shape line_shape = SHAPE_OF(line_parcel, line_fields);

static void add(struct buf *out, char letter, const struct shape *shape, const void *parcel)
{
    buf_add_byte(out, letter);
    shape_json(out, shape, parcel);
    buf_add_byte(out, '\n');
}

void budget_parcel_document(struct buf *out, struct str frame, bool replaces)
{
    struct document_parcel parcel = {.frame = frame, .replaces = replaces};
    add(out, 'D', &document_shape, &parcel);
}

void budget_parcel_act(struct buf *out, const struct docbudg *document, size_t place)
{
    const struct docbudg_budget *budget = &document->budgets[place];
    struct act_parcel parcel = {.place = (int64_t)place,
                                .year = budget->year,
                                .decided = budget->decided.days,
                                .label = budget->label,
                                .siret = budget->siret.len > 0 ? budget->siret : document->siret,
                                .budget_kind = budget->kind,
                                .kind = budget->act,
                                .number = budget->act_number,
                                .nomenclature = budget->nomenclature,
                                .is_draft = budget->is_draft};
    add(out, 'A', &act_shape, &parcel);
}

void budget_parcel_line(struct buf *out, const struct budget_line *line, int64_t act_place)
{
    struct line_parcel parcel = {.act = act_place,
                                 .place = line->place,
                                 .direction = line->direction,
                                 .kind = line->kind,
                                 .section = line->section,
                                 .previous = line->amounts[DOCBUDG_PREVIOUS].cents,
                                 .carried = line->amounts[DOCBUDG_CARRIED].cents,
                                 .proposed = line->amounts[DOCBUDG_PROPOSED].cents,
                                 .voted = line->amounts[DOCBUDG_VOTED].cents,
                                 .opened = line->amounts[DOCBUDG_OPEN].cents,
                                 .done = line->amounts[DOCBUDG_DONE].cents,
                                 .remaining = line->amounts[DOCBUDG_LEFT].cents,
                                 .nature = line->nature,
                                 .function = line->function,
                                 .operation = line->operation,
                                 .chapter = line->chapter,
                                 .function_chapter = line->function_chapter,
                                 .operation_chapter = line->operation_chapter,
                                 .group_chapter = line->group_chapter,
                                 .extra = line->extra};
    for (size_t i = 0; i < DOCBUDG_AMOUNTS; i++)
        parcel.has |= (int64_t)line->has[i] << i;
    add(out, 'L', &line_shape, &parcel);
}

/* ---- in the town ---- */

static enum status take_document(struct ctx *ctx, struct str json, struct budget_coming *coming)
{
    struct document_parcel parcel;
    TRY(shape_from_json(ctx->arena, &document_shape, json, &parcel));
    coming->replaces = parcel.replaces;
    return budget_document_begin(ctx, parcel.frame, &coming->document);
}

static enum status take_act(struct ctx *ctx, struct str json, struct budget_coming *coming)
{
    struct act_parcel parcel;
    TRY(shape_from_json(ctx->arena, &act_shape, json, &parcel));
    if (coming->act_count == DOCBUDG_BUDGETS_MAX)
        return LIMIT;
    struct budget_act act = {.place = parcel.place,
                             .label = parcel.label,
                             .siret = parcel.siret,
                             .year = (int32_t)parcel.year,
                             .kind = parcel.kind,
                             .number = parcel.number,
                             .nomenclature = parcel.nomenclature,
                             .decided = {(int32_t)parcel.decided},
                             .is_draft = parcel.is_draft};
    return budget_act_begin(ctx, coming->document, &act, parcel.budget_kind, coming->replaces,
                            &coming->acts[coming->act_count++]);
}

static enum status take_line(struct ctx *ctx, struct str json, struct budget_coming *coming)
{
    struct line_parcel parcel;
    TRY(shape_from_json(ctx->arena, &line_shape, json, &parcel));
    if (parcel.act < 0 || (size_t)parcel.act >= coming->act_count || parcel.direction < 0 || parcel.kind < 0 ||
        parcel.section < 0)
        return INVALID;
    struct budget_line line = {.place = parcel.place,
                               .nature = parcel.nature,
                               .function = parcel.function,
                               .operation = parcel.operation,
                               .chapter = parcel.chapter,
                               .function_chapter = parcel.function_chapter,
                               .operation_chapter = parcel.operation_chapter,
                               .group_chapter = parcel.group_chapter,
                               .direction = (enum chart_direction)parcel.direction,
                               .kind = (enum chart_kind)parcel.kind,
                               .section = (enum chart_section)parcel.section,
                               .amounts = {{parcel.previous}, {parcel.carried}, {parcel.proposed}, {parcel.voted},
                                           {parcel.opened}, {parcel.done}, {parcel.remaining}},
                               .extra = parcel.extra};
    for (size_t i = 0; i < DOCBUDG_AMOUNTS; i++)
        line.has[i] = parcel.has >> i & 1;
    coming->lines++;
    return budget_line_add(ctx, coming->acts[parcel.act], &line);
}

enum status budget_parcel_take(struct ctx *ctx, struct str line, struct budget_coming *coming)
{
    struct str letter = str_slice(line, 0, 1), json = str_after(line, 1);
    if (str_eq(letter, STR("D")))
        return take_document(ctx, json, coming);
    if (coming->document == 0)
        return INVALID;
    return str_eq(letter, STR("A")) ? take_act(ctx, json, coming)
           : str_eq(letter, STR("L")) ? take_line(ctx, json, coming)
                                      : INVALID;
}

void budget_coming_write(struct buf *out, const struct budget_coming *coming)
{
    buf_add_format(out, "%lld %d %lld", (long long)coming->document, coming->replaces, (long long)coming->lines);
    for (size_t i = 0; i < coming->act_count; i++)
        buf_add_format(out, " %lld", (long long)coming->acts[i]);
}

enum status budget_coming_read(struct str words, struct budget_coming *ret_coming)
{
    struct budget_coming coming = {0};
    int64_t replaces = 0;
    if (words.len > 0) {
        TRY(str_to_i64(str_cut(&words, ' '), &coming.document));
        TRY(str_to_i64(str_cut(&words, ' '), &replaces));
        TRY(str_to_i64(str_cut(&words, ' '), &coming.lines));
    }
    for (coming.replaces = replaces != 0; words.len > 0; coming.act_count++) {
        if (coming.act_count == DOCBUDG_BUDGETS_MAX)
            return LIMIT;
        TRY(str_to_i64(str_cut(&words, ' '), &coming.acts[coming.act_count]));
    }
    *ret_coming = coming;
    return OK;
}
