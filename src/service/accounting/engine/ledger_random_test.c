/* Clients at random against the plainest of models: a list of what was accepted, summed up again for each question.
 *
 * Several clients give commands over two budgets and three years, some twice, some with another's id, most of them near
 * a limit. The journal is synced now and then; crashes cut it at any byte after the last sync, and it is folded again.
 * After each command ledger and model agree on what became of it, and after each crash on every sum. A failing seed is
 * printed: ENGINE_SEED=n runs it alone, ENGINE_SEEDS=n more of them. */
#include <stdio.h>
#include <stdlib.h>

#include "base/seeded.h"
#include "service/accounting/engine/test_book.h"

enum { SEEDS = 200, COMMANDS = 500, CLIENTS = 5, BUDGETS = 2, YEARS = 3, LEVELS = 8, LINES = 3, FIRST_YEAR = 2024 };

static const char *const budget_names[BUDGETS] = {"principal", "eau"};
/* In the order of cells: F D, F R, I D, I R. */
static const char *const level_names[LEVELS] = {"011", "012", "65", "70", "74", "20", "21", "13"};

/* ---- the model ---- */

struct order {
    int kind, budget, year, day, entered, actor, series, internal, reference; /* days since 1970; reference 1.. */
    int64_t amount[LEVELS]; /* cents by level, signed for votes; 0: no line */
    uint64_t id;
};

struct model {
    struct order list[COMMANDS + 1];
    int number[COMMANDS + 1];
    int count;
};

static bool is_receipt(int level)
{
    return level == 3 || level == 4 || level == 7;
}

static bool is_investment(int level)
{
    return level >= 5;
}

static bool is_kind(const struct order *order, int one, int other, int third)
{
    return order->kind == one || order->kind == other || order->kind == third;
}

/* What was voted, engaged (less what was ordered or released of it) and ordered on one cell. */
static void model_sums(const struct model *model, int budget, int year, int level, int64_t sums[3])
{
    sums[0] = sums[1] = sums[2] = 0;
    for (int i = 0; i < model->count; i++) {
        const struct order *order = &model->list[i];
        int64_t cents = order->budget == budget && order->year == year ? order->amount[level] : 0;
        sums[0] += is_kind(order, ENTRY_VOTE, ENTRY_TRANSFER, 0) ? cents : 0;
        sums[1] += order->kind == ENTRY_ENGAGE ? cents : is_kind(order, ENTRY_RELEASE, ENTRY_ORDER, 0) ? -cents : 0;
        sums[2] += is_kind(order, ENTRY_ORDER, ENTRY_ORDER_DIRECT, ENTRY_TITLE) ? cents : 0;
        sums[2] -= is_kind(order, ENTRY_ORDER_REDUCE, ENTRY_TITLE_REDUCE, 0) ? cents : 0;
    }
}

static int64_t sum_of(const struct order *order)
{
    int64_t sum = 0;
    for (int level = 0; level < LEVELS; level++)
        sum += order->amount[level];
    return sum;
}

static bool is_numbered(const struct order *order, int like)
{
    bool is_order = is_kind(order, ENTRY_ORDER, ENTRY_ORDER_DIRECT, ENTRY_ORDER_REDUCE);
    bool is_title = is_kind(order, ENTRY_TITLE, ENTRY_TITLE_REDUCE, 0);
    if (like == ENTRY_ENGAGE)
        return order->kind == ENTRY_ENGAGE;
    return like == ENTRY_TITLE || like == ENTRY_TITLE_REDUCE ? is_title : is_order;
}

static int model_number(const struct model *model, const struct order *order)
{
    int number = 1;
    if (!is_numbered(order, order->kind))
        return 0;
    for (int i = 0; i < model->count; i++) {
        const struct order *other = &model->list[i];
        number += other->budget == order->budget && other->year == order->year && other->series == order->series &&
                  is_numbered(other, order->kind);
    }
    return number;
}

static bool model_is_closed(const struct model *model, int budget, int year)
{
    bool is_closed = false;
    for (int i = 0; i < model->count; i++)
        is_closed |= model->list[i].kind == ENTRY_CLOSE && model->list[i].budget == budget &&
                     model->list[i].year == year;
    return is_closed;
}

static int day_in(int year, int month, int day)
{
    return date_of(year, month, day).days;
}

/* One section of an act, by the calendar of the law. */
static bool is_in_time(const struct order *order, bool is_free)
{
    int year = order->year, last_day = day_in(year, 12, 31), last_entered = last_day;
    int first_day = day_in(year, 1, 1);
    if (is_kind(order, ENTRY_VOTE, ENTRY_TRANSFER, 0)) {
        first_day = day_in(year - 1, 10, 1);
        last_day = is_free ? day_in(year + 1, 1, 21) : last_day;
        last_entered = day_in(year + 1, 1, 31);
    } else if (order->kind == ENTRY_RELEASE) {
        last_entered = day_in(year + 1, 12, 31);
    } else if (order->kind == ENTRY_CLOSE) {
        first_day = last_day;
        last_day = last_entered = day_in(year + 1, 12, 31);
    } else if (order->kind != ENTRY_ENGAGE && is_free) {
        last_entered = day_in(year + 1, 1, 31);
    }
    return order->day >= first_day && order->day <= last_day && order->entered <= last_entered;
}

static bool model_is_in_time(const struct order *order)
{
    bool is_fine = order->day <= order->entered;
    for (int level = 0; level < LEVELS; level++)
        if (order->amount[level] != 0)
            is_fine &= is_in_time(order, !is_investment(level) || order->internal);
    return is_fine && (order->kind != ENTRY_CLOSE || is_in_time(order, true));
}

/* What is left of an act: on a level, or in all (level -1), where later years count too. */
static int64_t model_left(const struct model *model, int reference, int level)
{
    const struct order *origin = &model->list[reference - 1];
    int64_t left = level < 0 ? sum_of(origin) : origin->amount[level];
    for (int i = 0; i < model->count; i++) {
        const struct order *other = &model->list[i];
        if (other->reference == reference)
            left -= level < 0 ? sum_of(other) : other->year == origin->year ? other->amount[level] : 0;
    }
    return left;
}

static bool model_may_refer(const struct model *model, const struct order *order)
{
    if (order->reference == 0)
        return !is_kind(order, ENTRY_RELEASE, ENTRY_ORDER, ENTRY_ORDER_REDUCE) && order->kind != ENTRY_TITLE_REDUCE;
    if (order->reference > model->count)
        return false;
    const struct order *origin = &model->list[order->reference - 1];
    bool is_mandat = is_kind(origin, ENTRY_ORDER, ENTRY_ORDER_DIRECT, 0);
    bool is_same = origin->year == order->year, is_fine = false;
    if (is_kind(order, ENTRY_RELEASE, ENTRY_ORDER, 0))
        is_fine = origin->kind == ENTRY_ENGAGE && is_same;
    else if (order->kind == ENTRY_ORDER_REDUCE)
        is_fine = is_mandat && origin->year <= order->year;
    else if (order->kind == ENTRY_TITLE_REDUCE)
        is_fine = origin->kind == ENTRY_TITLE && origin->year <= order->year;
    else if (order->kind == ENTRY_TITLE)
        is_fine = is_mandat && origin->year < order->year;
    else if (order->kind == ENTRY_ORDER_DIRECT)
        is_fine = origin->kind == ENTRY_TITLE && origin->year < order->year;
    for (int level = 0; level < LEVELS && is_fine && is_same; level++)
        is_fine = order->amount[level] == 0 || order->amount[level] <= model_left(model, order->reference, level);
    return is_fine && origin->budget == order->budget && sum_of(order) <= model_left(model, order->reference, -1);
}

/* Whether the sums would still be lawful with it; the list has it for the time of the question. */
static bool model_has_credits(struct model *model, const struct order *order)
{
    bool is_fine = true;
    model->list[model->count++] = *order;
    for (int level = 0; level < LEVELS; level++) {
        int64_t sums[3];
        if (order->amount[level] == 0 && order->kind != ENTRY_CLOSE)
            continue;
        model_sums(model, order->budget, order->year, level, sums);
        is_fine &= sums[0] >= 0 && (is_receipt(level) || sums[0] - sums[1] - sums[2] >= 0);
        is_fine &= order->kind != ENTRY_CLOSE || sums[1] == 0;
    }
    model->count--;
    return is_fine;
}

static bool model_is_transfer(const struct order *order)
{
    bool has[2] = {false, false};
    for (int level = 0; level < LEVELS; level++)
        if (order->amount[level] != 0)
            has[is_investment(level)] = true;
    return sum_of(order) == 0 && !(has[0] && has[1]);
}

static bool model_takes(struct model *model, const struct order *order)
{
    bool is_for_receipts = is_kind(order, ENTRY_TITLE, ENTRY_TITLE_REDUCE, 0), has_lines = false;
    for (int level = 0; level < LEVELS; level++) {
        has_lines |= order->amount[level] != 0;
        if (order->amount[level] != 0 && order->kind != ENTRY_VOTE && is_receipt(level) != is_for_receipts)
            return false;
        if (order->amount[level] < 0 && !is_kind(order, ENTRY_VOTE, ENTRY_TRANSFER, 0))
            return false;
    }
    return has_lines != (order->kind == ENTRY_CLOSE) && !model_is_closed(model, order->budget, order->year) &&
           model_is_in_time(order) && model_may_refer(model, order) && model_has_credits(model, order) &&
           (order->kind != ENTRY_TRANSFER || model_is_transfer(order));
}

/* The place, from 1, of the command with that id; 0: none. */
static int model_find(const struct model *model, uint64_t id)
{
    for (int i = 0; i < model->count; i++)
        if (model->list[i].id == id)
            return i + 1;
    return 0;
}

/* ---- the clients ---- */

struct world {
    struct seeded seeded;
    struct book book;
    struct model model;
    struct order pending[CLIENTS];
    bool has_pending[CLIENTS];
    size_t synced;    /* bytes of the run that no crash takes */
    int synced_count; /* entries in them */
    int today;
    int outcomes[3]; /* taken, taken before, refused */
};

static int below(struct world *world, int bound)
{
    return (int)seeded_below(&world->seeded, (uint64_t)bound);
}

static bool one_in(struct world *world, int count)
{
    return below(world, count) == 0;
}

/* Most often a level that the kind may have. */
static int draw_level(struct world *world, int kind)
{
    bool is_for_receipts = kind == ENTRY_TITLE || kind == ENTRY_TITLE_REDUCE;
    int level = below(world, LEVELS);
    while (kind != ENTRY_VOTE && is_receipt(level) != is_for_receipts && !one_in(world, 60))
        level = below(world, LEVELS);
    return level;
}

/* What may be taken from a cell, or a cent beside it. */
static int64_t draw_limit(struct world *world, const struct order *order, int level)
{
    int64_t sums[3];
    model_sums(&world->model, order->budget, order->year, level, sums);
    int64_t limit = (is_receipt(level) ? sums[0] : sums[0] - sums[1] - sums[2]) + below(world, 3) - 1;
    return limit > 0 ? limit : 1;
}

static void draw_lines(struct world *world, struct order *order)
{
    bool is_signed = is_kind(order, ENTRY_VOTE, ENTRY_TRANSFER, 0);
    for (int i = 1 + below(world, LINES); i > 0; i--) {
        int level = draw_level(world, order->kind);
        bool is_back = is_signed && one_in(world, 3), is_near = (is_back || !is_signed) && one_in(world, 6);
        int64_t usual = 1 + below(world, order->kind == ENTRY_VOTE ? 9000 : 300);
        int64_t amount = is_near ? draw_limit(world, order, level) : usual;
        order->amount[level] = is_back ? -amount : amount;
    }
}

/* The lines of the act referred to: whole, half, or a cent beside what is left. */
static void draw_from_origin(struct world *world, struct order *order)
{
    for (int level = 0; level < LEVELS; level++) {
        int64_t left = model_left(&world->model, order->reference, level);
        int64_t choices[] = {left, left, left / 2, left / 2, 0, left + below(world, 3) - 1};
        order->amount[level] = left > 0 ? choices[below(world, 6)] : 0;
    }
}

static void draw_transfer(struct world *world, struct order *order)
{
    int from = below(world, 3), to = (from + 1) % 3;
    order->amount[from] = -(1 + below(world, 300));
    order->amount[to] = -order->amount[from];
}

static void draw_amounts(struct world *world, struct order *order)
{
    const struct model *model = &world->model;
    if (order->reference > 0 && model->list[order->reference - 1].year == order->year && !one_in(world, 10))
        draw_from_origin(world, order);
    else if (order->kind == ENTRY_TRANSFER && !one_in(world, 4))
        draw_transfer(world, order);
    else
        draw_lines(world, order);
}

/* Most often an act that it may refer to; where none is found soon, most often it engages. */
static void draw_origin(struct world *world, struct order *order)
{
    const struct model *model = &world->model;
    for (int tries = 0; tries < 30 && model->count > 0; tries++) {
        order->reference = 1 + below(world, model->count);
        order->budget = model->list[order->reference - 1].budget;
        if (model_left(model, order->reference, -1) > 0 && model_may_refer(model, order))
            return;
    }
    if (!one_in(world, 4)) {
        order->kind = ENTRY_ENGAGE;
        order->reference = 0;
    }
}

static struct order draw_order(struct world *world)
{
    static const int kinds[] = {ENTRY_VOTE,         ENTRY_VOTE,         ENTRY_TRANSFER,     ENTRY_ENGAGE,
                                ENTRY_ENGAGE,       ENTRY_ENGAGE,       ENTRY_RELEASE,      ENTRY_RELEASE,
                                ENTRY_ORDER,        ENTRY_ORDER,        ENTRY_ORDER_DIRECT, ENTRY_ORDER_DIRECT,
                                ENTRY_ORDER_REDUCE, ENTRY_ORDER_REDUCE, ENTRY_TITLE,        ENTRY_TITLE,
                                ENTRY_TITLE_REDUCE};
    struct order order = {.kind = kinds[below(world, sizeof kinds / sizeof *kinds)], .budget = below(world, BUDGETS),
                          .actor = below(world, CLIENTS), .internal = one_in(world, 6), .entered = world->today,
                          .day = world->today - below(world, 3), .id = seeded_next(&world->seeded)};
    struct civil civil = civil_of_date((struct date){world->today});
    order.year = civil.year - (civil.month < 3 && one_in(world, 2)) + (civil.month > 9 && one_in(world, 4));
    if (order.year < civil.year && !one_in(world, 4))
        order.day = day_in(order.year, 12, 31);
    if (one_in(world, 30)) {
        order.kind = ENTRY_CLOSE;
        order.year = civil.year - !one_in(world, 4);
        order.day = world->today;
    }
    bool wants_origin = is_kind(&order, ENTRY_RELEASE, ENTRY_ORDER, ENTRY_ORDER_REDUCE) ||
                        order.kind == ENTRY_TITLE_REDUCE ||
                        (is_kind(&order, ENTRY_TITLE, ENTRY_ORDER_DIRECT, 0) && one_in(world, 6));
    if (wants_origin)
        draw_origin(world, &order);
    if (is_numbered(&order, order.kind))
        order.series = one_in(world, 5);
    if (order.kind != ENTRY_CLOSE)
        draw_amounts(world, &order);
    return order;
}

/* As an entry asks it, in memory of its own. */
static struct entry *entry_of(struct world *world, const struct order *order)
{
    struct entry *entry = book_act(&world->book, (enum entry_kind)order->kind, NULL, 0);
    for (int level = 0; level < LEVELS; level++)
        if (order->amount[level] != 0)
            book_also(entry, level_names[level], order->amount[level]);
    memcpy(entry->id, &order->id, sizeof order->id);
    entry->budget = str_of(budget_names[order->budget]);
    entry->exercise = (uint16_t)order->year;
    entry->day.days = order->day;
    entry->entered.days = order->entered;
    entry->instant.ms = order->entered * INT64_C(86400000);
    entry->actor = order->actor;
    entry->series = (uint8_t)order->series;
    entry->is_internal = order->internal != 0;
    entry->reference = (uint64_t)order->reference;
    return entry;
}

static bool is_same_order(const struct order *one, const struct order *other)
{
    return one->kind == other->kind && one->budget == other->budget && one->year == other->year &&
           one->day == other->day && one->actor == other->actor && one->series == other->series &&
           one->internal == other->internal && one->reference == other->reference &&
           memcmp(one->amount, other->amount, sizeof one->amount) == 0;
}

static void give(struct world *world, const struct order *order)
{
    struct book *book = &world->book;
    struct model *model = &world->model;
    int seen = model_find(model, order->id);
    bool is_taken = seen == 0 && model_takes(model, order);
    enum status done = book_do(book, entry_of(world, order));
    if (seen > 0) {
        bool is_same = is_same_order(order, &model->list[seen - 1]);
        assert_int_equal(done, is_same ? OK : CONFLICT);
        assert_true(!is_same || (!book->answer.is_new && book->answer.sequence == (uint64_t)seen &&
                                 (int)book->answer.number == model->number[seen - 1]));
        world->outcomes[1]++;
        return;
    }
    assert_int_equal(done, is_taken ? OK : INVALID);
    world->outcomes[is_taken ? 0 : 2]++;
    if (!is_taken)
        return;
    model->number[model->count] = model_number(model, order);
    assert_int_equal(book->answer.number, model->number[model->count]);
    model->list[model->count++] = *order;
    assert_int_equal(book->answer.sequence, model->count);
}

static int below_zero; /* cells seen with less than nothing ordered */

/* What later acts of the same exercise and level took back of acts of earlier ones. */
static int64_t model_reversed(const struct model *model, int budget, int year, int level)
{
    int64_t sum = 0;
    for (int i = 0; i < model->count; i++) {
        const struct order *order = &model->list[i];
        bool is_here = order->budget == budget && order->year == year &&
                       is_kind(order, ENTRY_ORDER_REDUCE, ENTRY_TITLE_REDUCE, 0);
        if (is_here && model->list[order->reference - 1].year < year)
            sum += order->amount[level];
    }
    return sum;
}

static void compare_sums(struct world *world)
{
    for (int i = 0; i < BUDGETS * YEARS * LEVELS; i++) {
        int budget = i % BUDGETS, year = FIRST_YEAR + i / BUDGETS % YEARS, level = i / BUDGETS / YEARS;
        struct cell_key key = {.budget = str_of(budget_names[budget]), .exercise = (uint16_t)year,
                               .section = is_investment(level) ? CELL_INVESTMENT : CELL_FUNCTIONING,
                               .direction = is_receipt(level) ? CELL_RECEIPT : CELL_EXPENSE,
                               .level = str_of(level_names[level])};
        const struct cell *cell = ledger_cell(world->book.ledger, &key);
        int64_t sums[3];
        model_sums(&world->model, budget, year, level, sums);
        assert_int_equal(cell != NULL ? cell_voted(cell).cents : 0, sums[0]);
        assert_int_equal(cell != NULL ? cell->sums[CELL_RESERVED].cents : 0, sums[1]);
        assert_int_equal(cell != NULL ? cell->sums[CELL_ORDERED].cents : 0, sums[2]);
        assert_int_equal(cell != NULL ? cell->sums[CELL_AVAILABLE].cents : 0, sums[0] - sums[1] - sums[2]);
        int64_t reversed = model_reversed(&world->model, budget, year, level);
        assert_int_equal(cell != NULL ? cell->reversed.cents : 0, reversed);
        assert_true(sums[1] >= 0 && sums[2] + reversed >= 0); /* I4 */
        below_zero += sums[2] < 0;
    }
}

/* The power fails: of what was not synced, any number of bytes stays. All that was told stands; clients who were told
 * nothing give their commands again. */
static void crash(struct world *world)
{
    struct book *book = &world->book;
    size_t kept = world->synced + (size_t)below(world, (int)(book->run.len - world->synced) + 1), length;
    struct arena *arena = arena_create(BOOK_ARENA), *scratch ARENA_SCOPE = arena_create(BOOK_SCRATCH);
    struct ledger *ledger;
    assert_int_equal(ledger_in(arena, &ledger), OK);
    struct verification verification = verification_in(ledger, scratch);
    enum status done = verify_run(&verification, str_slice(buf_str(&book->run), 0, kept), &length);
    assert_true(done == OK ? length == kept : strcmp(verification.refusal.rule, "engine.cut") == 0);
    assert_true((int)verification.count >= world->synced_count && (int)verification.count <= world->model.count);
    arena_destroy(&book->arena);
    book->arena = arena;
    book->ledger = ledger;
    book->run.len = length;
    book->hash = verification.hash;
    world->model.count = (int)verification.count;
    compare_sums(world);
}

/* One client: a command it has at hand, most often taken off; now and then one with another's id. */
static void step(struct world *world)
{
    int client = below(world, CLIENTS);
    if (!world->has_pending[client])
        world->pending[client] = draw_order(world);
    world->has_pending[client] = one_in(world, 4); /* it will come again */
    struct order order = world->pending[client];
    order.entered = world->today;
    if (world->model.count > 0 && one_in(world, 25))
        order.id = world->model.list[below(world, world->model.count)].id;
    give(world, &order);
    if (one_in(world, 3))
        world->today += below(world, 6);
    if (one_in(world, 10)) {
        world->synced = world->book.run.len;
        world->synced_count = world->model.count;
    }
    if (one_in(world, 60))
        crash(world);
    arena_reset(world->book.words);
}

static void run_seed(uint64_t seed, int64_t totals[3])
{
    static struct world world;
    world = (struct world){.seeded = {seed}, .book = book_open(), .today = day_in(FIRST_YEAR, 11, 1)};
    for (int i = 0; i < COMMANDS; i++)
        step(&world);
    compare_sums(&world);
    for (int i = 0; i < 3; i++)
        totals[i] += world.outcomes[i];
    book_close(&world.book);
}

static uint64_t number_of(const char *name, uint64_t usual)
{
    const char *asked = getenv(name);
    return asked != NULL ? strtoull(asked, NULL, 10) : usual;
}

static void ledger_and_model_agree(void **state)
{
    (void)state;
    int64_t totals[3] = {0};
    uint64_t first = number_of("ENGINE_SEED", 0);
    uint64_t count = getenv("ENGINE_SEED") != NULL ? 1 : number_of("ENGINE_SEEDS", SEEDS);
    for (uint64_t seed = first; seed < first + count; seed++) {
        fprintf(stderr, "\rENGINE_SEED=%llu ", (unsigned long long)seed); /* the last one said is the one that fails */
        run_seed(seed, totals);
    }
    printf("\n%llu seeds: %lld commands taken, %lld given again, %lld refused\n", (unsigned long long)count,
           (long long)totals[0], (long long)totals[1], (long long)totals[2]);
    /* Enough of both, or it proves little. */
    assert_true(totals[0] > (int64_t)count * COMMANDS / 5 && totals[2] > (int64_t)count * COMMANDS / 5);
    assert_true(below_zero > 0 || count < SEEDS); /* a reversal that came first */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ledger_and_model_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
