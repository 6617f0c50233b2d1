#include "service/accounting/engine/entry.h"

#include "base/utf8.h"

static const struct {
    const char *name;
    enum entry_series series;
} kinds[ENTRY_KINDS] = {
    [ENTRY_NO_KIND] = {"", ENTRY_UNNUMBERED},
    [ENTRY_VOTE] = {"vote", ENTRY_UNNUMBERED},
    [ENTRY_TRANSFER] = {"transfer", ENTRY_UNNUMBERED},
    [ENTRY_ENGAGE] = {"engage", ENTRY_ENGAGEMENTS},
    [ENTRY_RELEASE] = {"release", ENTRY_UNNUMBERED},
    [ENTRY_ORDER] = {"order", ENTRY_ORDERS},
    [ENTRY_ORDER_DIRECT] = {"order-direct", ENTRY_ORDERS},
    [ENTRY_ORDER_REDUCE] = {"order-reduce", ENTRY_ORDERS},
    [ENTRY_TITLE] = {"title", ENTRY_TITLES},
    [ENTRY_TITLE_REDUCE] = {"title-reduce", ENTRY_TITLES},
    [ENTRY_CLOSE] = {"close", ENTRY_UNNUMBERED},
};

const char *entry_kind_name(enum entry_kind kind)
{
    return kind < ENTRY_KINDS ? kinds[kind].name : "";
}

enum entry_series entry_series_of(enum entry_kind kind)
{
    return kind < ENTRY_KINDS ? kinds[kind].series : ENTRY_UNNUMBERED;
}

struct cell_key entry_cell(const struct entry *entry, const struct posting *posting)
{
    return (struct cell_key){.budget = entry->budget, .exercise = entry->exercise, .section = posting->section,
                             .direction = posting->direction, .level = posting->level};
}

/* ---- the form ---- */

/* 1 January of the year before the first, and 31 December of the one after the last. */
enum { DAY_FIRST = -25932, DAY_LAST = 376564 };

static bool is_of_our_time(struct date day)
{
    return day.days >= DAY_FIRST && day.days <= DAY_LAST;
}

static enum status form_of_head(const struct entry *entry, struct refusal *refusal)
{
    if (entry->kind <= ENTRY_NO_KIND || entry->kind >= ENTRY_KINDS)
        return refuse_number(refusal, refusal_at("engine.kind", "kind"), entry->kind, ENTRY_KINDS - 1);
    if (!cell_is_name(entry->budget, CELL_BUDGET_MAX))
        return refuse_text(refusal, refusal_at("engine.name", "budget"), entry->budget, STR("principal"));
    if (entry->exercise < CELL_YEAR_FIRST || entry->exercise > CELL_YEAR_LAST)
        return refuse_number(refusal, refusal_at("engine.exercise", "exercise"), entry->exercise, CELL_YEAR_FIRST);
    if (entry->label.len > ENTRY_LABEL_MAX || !utf8_is_valid(entry->label))
        return refuse_number(refusal, refusal_at("engine.label", "label"), entry->label.len, ENTRY_LABEL_MAX);
    bool is_numbered = entry_series_of(entry->kind) != ENTRY_UNNUMBERED;
    if (entry->series > (is_numbered ? ENTRY_SERIES_MAX - 1 : 0))
        return refuse_number(refusal, refusal_at("engine.series", "series"), entry->series,
                             is_numbered ? ENTRY_SERIES_MAX - 1 : 0);
    if (!is_of_our_time(entry->day) || !is_of_our_time(entry->entered))
        return refuse_number(refusal, refusal_at("engine.exercise", "day"), 0, CELL_YEAR_FIRST);
    bool has_postings = entry->kind != ENTRY_CLOSE;
    if (entry->posting_count < has_postings || entry->posting_count > (has_postings ? ENTRY_POSTINGS_MAX : 0))
        return refuse_number(refusal, refusal_at("engine.count", "postings"), entry->posting_count,
                             has_postings ? ENTRY_POSTINGS_MAX : 0);
    return OK;
}

static int order_of(const struct posting *one, const struct posting *other)
{
    if (one->section != other->section)
        return one->section < other->section ? -1 : 1;
    if (one->direction != other->direction)
        return one->direction < other->direction ? -1 : 1;
    return str_compare(one->level, other->level);
}

/* Which accounts a kind moves between; a vote may also take back. */
static const unsigned char moves[ENTRY_KINDS][2] = {
    [ENTRY_VOTE] = {CELL_COUNCIL, CELL_AVAILABLE},
    [ENTRY_TRANSFER] = {CELL_COUNCIL, CELL_AVAILABLE},
    [ENTRY_ENGAGE] = {CELL_AVAILABLE, CELL_RESERVED},
    [ENTRY_RELEASE] = {CELL_RESERVED, CELL_AVAILABLE},
    [ENTRY_ORDER] = {CELL_RESERVED, CELL_ORDERED},
    [ENTRY_ORDER_DIRECT] = {CELL_AVAILABLE, CELL_ORDERED},
    [ENTRY_ORDER_REDUCE] = {CELL_ORDERED, CELL_AVAILABLE},
    [ENTRY_TITLE] = {CELL_AVAILABLE, CELL_ORDERED},
    [ENTRY_TITLE_REDUCE] = {CELL_ORDERED, CELL_AVAILABLE},
};

static bool may_take_back(enum entry_kind kind)
{
    return kind == ENTRY_VOTE || kind == ENTRY_TRANSFER;
}

static bool is_move_of(enum entry_kind kind, const struct posting *posting)
{
    const unsigned char *move = moves[kind];
    return (posting->from == move[0] && posting->to == move[1]) ||
           (may_take_back(kind) && posting->from == move[1] && posting->to == move[0]);
}

/* Signed: above 0 where it moves as its kind does. */
static int64_t signed_cents(enum entry_kind kind, const struct posting *posting)
{
    return posting->to == moves[kind][1] ? posting->amount.cents : -posting->amount.cents;
}

static void sign_posting(enum entry_kind kind, struct posting *posting, struct money amount)
{
    bool is_back = amount.cents < 0 && may_take_back(kind);
    posting->from = (enum cell_account)moves[kind][is_back];
    posting->to = (enum cell_account)moves[kind][!is_back];
    posting->amount = (struct money){is_back ? -amount.cents : amount.cents};
}

static void drop_posting(struct entry *entry, size_t place)
{
    memmove(&entry->postings[place], &entry->postings[place + 1],
            (entry->posting_count - place - 1) * sizeof *entry->postings);
    entry->posting_count--;
}

enum status entry_add(struct entry *entry, size_t room, const struct entry_place *to, struct money amount)
{
    struct posting added = {.section = to->section, .direction = to->direction, .level = to->level};
    size_t place = 0;
    if (amount.cents == 0)
        return OK;
    while (place < entry->posting_count && order_of(&entry->postings[place], &added) < 0)
        place++;
    if (place < entry->posting_count && order_of(&entry->postings[place], &added) == 0) {
        struct money sum = {signed_cents(entry->kind, &entry->postings[place])};
        TRY(money_add(&sum, amount));
        if (sum.cents != 0)
            sign_posting(entry->kind, &entry->postings[place], sum);
        else
            drop_posting(entry, place);
        return OK;
    }
    if (entry->posting_count >= room)
        return LIMIT;
    memmove(&entry->postings[place + 1], &entry->postings[place],
            (entry->posting_count - place) * sizeof *entry->postings);
    entry->postings[place] = added;
    entry->posting_count++;
    sign_posting(entry->kind, &entry->postings[place], amount);
    return OK;
}

static bool is_direction_of(enum entry_kind kind, enum cell_direction direction)
{
    bool is_receipt = kind == ENTRY_TITLE || kind == ENTRY_TITLE_REDUCE;
    return kind == ENTRY_VOTE || direction == (is_receipt ? CELL_RECEIPT : CELL_EXPENSE);
}

static enum status form_of_posting(const struct entry *entry, size_t place, struct refusal *refusal)
{
    const struct posting *posting = &entry->postings[place];
    struct refusal_at where = refusal_in("engine.name", "level", place);
    if (!cell_is_name(posting->level, CELL_LEVEL_MAX))
        return refuse_text(refusal, where, posting->level, STR("011"));
    if (place > 0 && order_of(posting - 1, posting) >= 0)
        return refuse_text(refusal, refusal_in("engine.twice", "level", place), posting->level, STR(""));
    where = refusal_in("engine.amount", "amount", place);
    bool is_money = money_is_within(posting->amount.cents); /* bytes may say what none is, and it is not written */
    if (posting->amount.cents <= 0 || !is_money)
        return refuse_money(refusal, where, is_money ? posting->amount : (struct money){0}, (struct money){MONEY_MAX});
    where = refusal_in("engine.direction", "direction", place);
    if (!is_direction_of(entry->kind, posting->direction))
        return refuse_text(refusal, where, posting->direction == CELL_EXPENSE ? STR("D") : STR("R"),
                      posting->direction == CELL_EXPENSE ? STR("R") : STR("D"));
    where = refusal_in("engine.move", "from", place);
    if (!is_move_of(entry->kind, posting))
        return refuse_number(refusal, where, (unsigned)posting->from * 10 + posting->to, 0);
    return OK;
}

enum status entry_form(const struct entry *entry, struct refusal *ret_refusal)
{
    TRY(form_of_head(entry, ret_refusal));
    for (size_t i = 0; i < entry->posting_count; i++)
        TRY(form_of_posting(entry, i, ret_refusal));
    return OK;
}

/* ---- the print ---- */

/* The two halves of a product, folded: each word changes about half of all bits. */
static uint64_t stir(uint64_t hash, uint64_t word)
{
    unsigned __int128 product = (unsigned __int128)(hash ^ word ^ 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t stir_text(uint64_t hash, struct str text)
{
    hash = stir(hash, text.len);
    for (size_t i = 0; i < text.len; i += sizeof(uint64_t)) {
        struct str piece = str_slice(text, i, i + sizeof(uint64_t));
        uint64_t word = 0;
        memcpy(&word, piece.at, piece.len);
        hash = stir(hash, word);
    }
    return hash;
}

uint64_t entry_print(const struct entry *entry)
{
    uint64_t hash = stir((uint64_t)entry->kind << 32 | (uint64_t)entry->is_internal << 24 |
                         (uint64_t)entry->series << 16 | entry->exercise, (uint64_t)entry->actor);
    hash = stir(hash, (uint64_t)(uint32_t)entry->day.days << 32 ^ entry->reference);
    hash = stir_text(stir_text(hash, entry->budget), entry->label);
    for (size_t i = 0; i < entry->posting_count; i++) {
        const struct posting *posting = &entry->postings[i];
        hash = stir(hash, (uint64_t)posting->amount.cents);
        hash = stir(hash, (uint64_t)posting->section << 24 | (uint64_t)posting->direction << 16 |
                              (uint64_t)posting->from << 8 | (uint64_t)posting->to);
        hash = stir_text(hash, posting->level);
    }
    return hash;
}
