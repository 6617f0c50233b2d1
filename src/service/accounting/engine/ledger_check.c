#include "service/accounting/engine/ledger_inside.h"

enum { KEY_TEXT_MAX = 128, SCRATCH = 1 << 16, KIND_WORD_MAX = 64 };

/* ---- the exercise ---- */

static enum status look_up_exercise(struct pass *pass)
{
    const struct entry *entry = pass->entry;
    const struct exercise *exercise = pass->exercise =
        ledger_find_exercise(pass->ledger, entry->budget, entry->exercise);
    if (exercise == NULL) {
        struct arena *scratch ARENA_SCOPE = arena_create(SCRATCH);
        pass->blank = (struct exercise){.budget = entry->budget, .year = entry->exercise};
        TRY(windows_of(scratch, entry->exercise, &pass->blank.windows));
        exercise = &pass->blank;
    }
    if (exercise->is_closed)
        return refuse_number(pass->refusal, refusal_at("engine.closed", "exercise"), entry->exercise,
                             entry->exercise + 1u);
    enum entry_series kind = entry_series_of(entry->kind);
    pass->number = kind != ENTRY_UNNUMBERED ? exercise->last[kind][entry->series] + 1 : 0;
    if (pass->number > LEDGER_NUMBER_MAX)
        return LIMIT;
    return windows_check(&exercise->windows, entry, pass->refusal);
}

/* ---- the act that it posts, releases or corrects ---- */

#define KIND(kind) (1u << (kind))

struct origins {
    unsigned same, earlier; /* kinds, in the same exercise and in one before */
};

static const struct origins origins[ENTRY_KINDS] = {
    [ENTRY_RELEASE] = {.same = KIND(ENTRY_ENGAGE)},
    [ENTRY_ORDER] = {.same = KIND(ENTRY_ENGAGE)},
    [ENTRY_ORDER_DIRECT] = {.earlier = KIND(ENTRY_TITLE)},
    [ENTRY_ORDER_REDUCE] = {.same = KIND(ENTRY_ORDER) | KIND(ENTRY_ORDER_DIRECT),
                            .earlier = KIND(ENTRY_ORDER) | KIND(ENTRY_ORDER_DIRECT)},
    [ENTRY_TITLE] = {.earlier = KIND(ENTRY_ORDER) | KIND(ENTRY_ORDER_DIRECT)},
    [ENTRY_TITLE_REDUCE] = {.same = KIND(ENTRY_TITLE), .earlier = KIND(ENTRY_TITLE)},
};

static enum status refuse_origin(struct pass *pass)
{
    const struct origins *wanted = &origins[pass->entry->kind];
    struct buf words BUF_SCOPE = BUF_INIT(KIND_WORD_MAX), value BUF_SCOPE = BUF_INIT(KIND_WORD_MAX);
    for (enum entry_kind kind = ENTRY_NO_KIND; kind < ENTRY_KINDS; kind++)
        if ((wanted->same | wanted->earlier) & KIND(kind))
            buf_add_format(&words, "%s%s", words.len > 0 ? ", " : "", entry_kind_name(kind));
    buf_add_u64(&value, pass->entry->reference);
    return refuse_text(pass->refusal, refusal_at("engine.reference", "reference"), buf_str(&value),
                  words.len > 0 ? buf_str(&words) : STR("0"));
}

static enum status look_up_origin(struct pass *pass)
{
    const struct entry *entry = pass->entry;
    const struct origins *wanted = &origins[entry->kind];
    if (entry->reference == 0)
        return wanted->same == 0 ? OK : refuse_origin(pass);
    struct act *origin =
        entry->reference <= ledger_count(pass->ledger) ? ledger_act(pass->ledger, entry->reference) : NULL;
    if (origin == NULL)
        return refuse_origin(pass);
    const struct exercise *exercise = ledger_exercise_of(pass->ledger, origin);
    bool is_same = exercise == pass->exercise;
    bool is_before = str_eq(exercise->budget, entry->budget) && exercise->year < entry->exercise;
    bool is_carried = (wanted->earlier & KIND(origin->kind)) != 0 && is_before;
    if (!is_carried && ((wanted->same & KIND(origin->kind)) == 0 || !is_same))
        return refuse_origin(pass);
    pass->origin = origin;
    pass->is_carried = is_carried;
    return OK;
}

static enum status check_left(struct pass *pass, int posting, struct money asked, int64_t left)
{
    bool is_engagement = pass->origin->kind == ENTRY_ENGAGE;
    struct refusal_at where = {is_engagement ? "engine.reserved" : "engine.corrected", "amount", posting};
    return asked.cents <= left ? OK : refuse_money(pass->refusal, where, asked, (struct money){left});
}

/* The line of the origin on the same cell. Both stand in one order, so *next only goes forward. */
static enum status look_up_line(struct pass *pass, size_t place, size_t *next)
{
    struct step *step = &pass->ledger->steps[place];
    const struct posting *posting = &pass->entry->postings[place];
    step->line = NULL;
    if (pass->origin == NULL || pass->is_carried)
        return OK;
    for (; *next < pass->origin->line_count && step->line == NULL; ++*next) {
        struct line *line = ledger_line(pass->ledger, pass->origin, *next);
        if (line->cell == step->cell)
            step->line = line;
    }
    if (step->line == NULL)
        return refuse_text(pass->refusal, refusal_in("engine.origin", "level", place), posting->level,
                      STR(""));
    return check_left(pass, (int)place, posting->amount, step->line->left);
}

/* ---- credits ---- */

/* INVALID, with the line of credits by its name: an act may have many. */
static enum status refuse_credits(struct pass *pass, struct refusal_at where, const struct cell_key *line,
                                  struct money left)
{
    enum status done = refuse_money(pass->refusal, where, pass->entry->postings[where.posting].amount, left);
    refusal_name_line(pass->refusal, line);
    return done;
}

static enum status check_credits(struct pass *pass, size_t place)
{
    const struct posting *posting = &pass->entry->postings[place];
    const struct cell *cell = pass->ledger->steps[place].cell;
    struct cell after = cell != NULL ? *cell : (struct cell){.key = entry_cell(pass->entry, posting)};
    struct money available = after.sums[CELL_AVAILABLE], voted = cell_voted(&after), reversed = after.reversed;
    if (cell_move(&after, posting->from, posting->to, posting->amount) != OK ||
        money_add(&pass->total, posting->amount) != OK ||
        (ledger_reverses(pass) && money_add(&reversed, posting->amount) != OK))
        return refuse_money(pass->refusal, refusal_in("engine.large", "amount", place), posting->amount,
                            (struct money){MONEY_MAX});
    if (cell_is_limitative(&after) && after.sums[CELL_AVAILABLE].cents < 0)
        return refuse_credits(pass, refusal_in("engine.available", "amount", place), &after.key, available);
    if (cell_voted(&after).cents < 0)
        return refuse_credits(pass, refusal_in("engine.voted", "amount", place), &after.key, voted);
    return OK; /* ordered: what is taken of it is left of an act of this exercise, or reverses one before */
}

static enum status check_postings(struct pass *pass)
{
    size_t next_line = 0;
    for (size_t i = 0; i < pass->entry->posting_count; i++) {
        const struct cell_key key = entry_cell(pass->entry, &pass->entry->postings[i]);
        pass->ledger->steps[i].cell =
            pass->exercise != NULL ? ledger_find_cell(pass->ledger, pass->exercise, &key) : NULL;
        TRY(look_up_line(pass, i, &next_line));
        TRY(check_credits(pass, i));
    }
    return pass->origin != NULL ? check_left(pass, REFUSAL_NO_POSTING, pass->total, pass->origin->left) : OK;
}

/* ---- what single kinds ask ---- */

/* As much is given as is taken, within one section. */
static enum status check_transfer(struct pass *pass)
{
    const struct entry *entry = pass->entry;
    struct money given = {0}, taken = {0}; /* at most pass->total, which holds */
    for (size_t i = 0; i < entry->posting_count; i++) {
        bool is_given = entry->postings[i].to == CELL_AVAILABLE;
        (is_given ? &given : &taken)->cents += entry->postings[i].amount.cents;
        if (entry->postings[i].section != entry->postings[0].section)
            return refuse_text(pass->refusal, refusal_in("engine.section", "section", i), STR("I"), STR("F"));
    }
    if (money_is(given, taken))
        return OK;
    return refuse_money(pass->refusal, refusal_at("engine.balance", "postings"), given, taken);
}

/* Nothing is reserved any more: it was ordered, or released and carried over. */
static enum status check_close(struct pass *pass)
{
    const struct cell *cell = pass->exercise != NULL ? pass->exercise->cells : NULL;
    struct buf value BUF_SCOPE = BUF_INIT(KEY_TEXT_MAX), key BUF_SCOPE = BUF_INIT(KEY_TEXT_MAX);
    while (cell != NULL && cell->sums[CELL_RESERVED].cents == 0)
        cell = cell->next;
    if (cell == NULL)
        return OK;
    money_write(&value, cell->sums[CELL_RESERVED]);
    cell_write(&key, &cell->key);
    enum status done =
        refuse_text(pass->refusal, refusal_at("engine.open", "exercise"), buf_str(&value), buf_str(&key));
    pass->refusal->is_money = true; /* the value is */
    return done;
}

enum status ledger_check(struct pass *pass)
{
    TRY(entry_form(pass->entry, pass->refusal));
    TRY(look_up_exercise(pass));
    TRY(look_up_origin(pass));
    TRY(check_postings(pass));
    if (pass->entry->kind == ENTRY_TRANSFER)
        return check_transfer(pass);
    return pass->entry->kind == ENTRY_CLOSE ? check_close(pass) : OK;
}
