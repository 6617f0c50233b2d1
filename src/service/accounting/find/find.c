#include "service/accounting/find/find.h"

#include <stdlib.h>

#include "service/accounting/book/book_word.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/find/find_sql.h"

enum { WORDS_MAX = 8, WORDS_OF_LABEL = 64, CANDIDATES_MAX = 4000, PARTIES_FOLLOWED = 5, ACCOUNT_MIN = 2 };

/* What was typed, read as each thing it may be. */
struct wish {
    struct str text;
    struct str *words;
    size_t word_count, longest; /* longest: its place */
    uint64_t number;            /* 0: none */
    struct money amount;
    struct date day;            /* days 0: none */
    bool has_amount;
};

struct search {
    struct ctx *ctx;
    struct wish wish;
    uint64_t *candidates; /* acts of the journal, in no order, some twice */
    size_t count;
    struct found *found;
};

/* ---- what was typed ---- */

static enum status read_wish(struct ctx *ctx, struct str text, struct wish *wish)
{
    *wish = (struct wish){.text = text};
    if (text.len > FIND_TEXT_MAX)
        return LIMIT;
    TRY(book_words(ctx->arena, text, WORDS_MAX, &wish->words, &wish->word_count));
    for (size_t i = 1; i < wish->word_count; i++)
        if (wish->words[i].len > wish->words[wish->longest].len)
            wish->longest = i;
    if (str_to_u64(text, UINT32_MAX, &wish->number) != OK)
        wish->number = 0;
    wish->has_amount = budget_amount_read(ctx->language, text, &wish->amount) == OK && wish->amount.cents > 0;
    if (budget_day_read(text, &wish->day) != OK)
        wish->day = (struct date){0};
    return OK;
}

/* ---- acts of the journal that may be meant ---- */

static void add_candidate(struct search *search, int64_t sequence)
{
    if (search->count < CANDIDATES_MAX)
        search->candidates[search->count++] = (uint64_t)sequence;
}

#define ADD_ALL(search, query, ...)                                                                                    \
    do {                                                                                                               \
        struct sql_##query##_row *rows_;                                                                               \
        size_t count_;                                                                                                 \
        TRY(sql_##query((search)->ctx->db, (search)->ctx->arena, (struct sql_##query)__VA_ARGS__, &rows_, &count_));   \
        for (size_t i_ = 0; i_ < count_; i_++)                                                                         \
            add_candidate((search), rows_[i_].sequence);                                                               \
    } while (0)

static bool begins_one(struct str word, const struct str *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_starts(words[i], word))
            return true;
    return false;
}

/* Does each word that was typed begin one of the label's? */
static enum status has_all(struct search *search, uint64_t sequence, bool *ret_has)
{
    struct book_act act;
    struct str *words;
    size_t count;
    *ret_has = search->wish.word_count == 1;
    if (*ret_has)
        return OK;
    TRY(book_act(search->ctx, sequence, &act));
    TRY(book_words(search->ctx->arena, act.label, WORDS_OF_LABEL, &words, &count));
    *ret_has = true;
    for (size_t i = 0; i < search->wish.word_count; i++)
        *ret_has = *ret_has && begins_one(search->wish.words[i], words, count);
    return OK;
}

static enum status by_words(struct search *search)
{
    uint64_t *sequences;
    size_t count;
    bool has;
    if (search->wish.word_count == 0)
        return OK;
    TRY(book_words_find(search->ctx, search->wish.words[search->wish.longest], &sequences, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(has_all(search, sequences[i], &has));
        if (has)
            add_candidate(search, (int64_t)sequences[i]);
    }
    return OK;
}

static enum status by_figures(struct search *search)
{
    const struct wish *wish = &search->wish;
    if (wish->number > 0)
        ADD_ALL(search, find_numbered, {.number = (int64_t)wish->number});
    if (wish->number > 0 && wish->text.len >= ACCOUNT_MIN)
        ADD_ALL(search, find_account, {.nature = wish->text});
    if (wish->has_amount)
        ADD_ALL(search, find_amount, {.cents = wish->amount.cents});
    if (wish->day.days != 0)
        ADD_ALL(search, find_day, {.day = wish->day.days});
    return OK;
}

/* ---- bills and parties ---- */

static enum status add_bill(struct search *search, int64_t id)
{
    struct found *found = search->found;
    for (size_t i = 0; i < found->bill_count; i++)
        if (found->bills[i].id == id)
            return OK;
    if (found->bill_count == FIND_SHOWN) {
        found->is_cut = true;
        return OK;
    }
    return bill_get(search->ctx, id, &found->bills[found->bill_count++]);
}

#define ADD_BILLS(search, query, ...)                                                                                  \
    do {                                                                                                               \
        struct sql_##query##_row *rows_;                                                                               \
        size_t count_;                                                                                                 \
        TRY(sql_##query((search)->ctx->db, (search)->ctx->arena, (struct sql_##query)__VA_ARGS__, &rows_, &count_));   \
        for (size_t i_ = 0; i_ < count_; i_++)                                                                         \
            TRY(add_bill((search), rows_[i_].id));                                                                     \
    } while (0)

static enum status find_bills(struct search *search)
{
    const struct wish *wish = &search->wish;
    struct str behind = str_format(search->ctx->arena, "%.*s\xF4\x8F\xBF\xBF", STR_ARG(wish->text));
    ADD_BILLS(search, find_bills_numbered, {.first = wish->text, .behind = behind});
    if (wish->has_amount)
        ADD_BILLS(search, find_bills_worth, {.cents = wish->amount.cents});
    if (wish->day.days != 0)
        ADD_BILLS(search, find_bills_of_day, {.day = wish->day.days});
    return OK;
}

static enum status find_parties(struct search *search)
{
    struct found *found = search->found;
    int64_t total;
    TRY(party_find(search->ctx, search->wish.text, 0, &found->parties, &found->party_count, &total));
    if (found->party_count > FIND_SHOWN)
        found->party_count = FIND_SHOWN;
    found->is_cut |= total > FIND_SHOWN;
    for (size_t i = 0; i < found->party_count && i < PARTIES_FOLLOWED; i++) {
        ADD_ALL(search, find_engagements_of, {.party = found->parties[i].id});
        ADD_ALL(search, find_pieces_of, {.party = found->parties[i].id});
        ADD_BILLS(search, find_bills_of, {.party = found->parties[i].id});
    }
    return OK;
}

/* ---- bordereaux and acts of the budget ---- */

static enum status find_the_slips(struct search *search)
{
    struct sql_find_slips_row *rows;
    struct sql_find_slips in = {.number = (int64_t)search->wish.number};
    if (search->wish.number == 0)
        return OK;
    TRY(sql_find_slips(search->ctx->db, search->ctx->arena, in, &rows, &search->found->slip_count));
    for (size_t i = 0; i < search->found->slip_count; i++)
        TRY(slip_get(search->ctx, rows[i].id, &search->found->slips[i]));
    return OK;
}

static enum status find_acts(struct search *search)
{
    struct ctx *ctx = search->ctx;
    struct budget_act *acts;
    struct str *words;
    size_t count, word_count;
    if (search->wish.word_count == 0)
        return OK;
    TRY(budget_acts(ctx, &acts, &count));
    search->found->acts = acts; /* those that answer move to its front */
    for (size_t i = 0; i < count; i++) {
        bool has = true;
        TRY(book_words(ctx->arena, budget_act_name(ctx, &acts[i]), WORDS_OF_LABEL, &words, &word_count));
        for (size_t w = 0; w < search->wish.word_count; w++)
            has = has && begins_one(search->wish.words[w], words, word_count);
        if (has && search->found->act_count < FIND_SHOWN)
            acts[search->found->act_count++] = acts[i];
        else if (has)
            search->found->is_cut = true;
    }
    return OK;
}

/* ---- candidates become what they are ---- */

static int newest_first(const void *one, const void *other)
{
    const uint64_t *a = one, *b = other;
    return *a > *b ? -1 : *a < *b;
}

static enum status put(struct search *search, uint64_t sequence)
{
    struct found *found = search->found;
    struct sql_find_engagement_row row;
    struct piece piece;
    enum status done = sql_find_engagement(search->ctx->db, search->ctx->arena,
                                           (struct sql_find_engagement){.sequence = (int64_t)sequence}, &row);
    if (done == OK && found->engagement_count < FIND_SHOWN)
        return engagement_get(search->ctx, sequence, &found->engagements[found->engagement_count++]);
    if (done != NOT_FOUND) {
        found->is_cut |= done == OK;
        return done;
    }
    done = piece_get(search->ctx, sequence, &piece);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    struct piece *list = piece.is_receipt ? found->titles : found->orders;
    size_t *count = piece.is_receipt ? &found->title_count : &found->order_count;
    if (*count < FIND_SHOWN)
        list[(*count)++] = piece;
    else
        found->is_cut = true;
    return OK;
}

static bool is_full(const struct found *found)
{
    return found->engagement_count == FIND_SHOWN && found->order_count == FIND_SHOWN &&
           found->title_count == FIND_SHOWN;
}

enum { LOOKED_AT_MAX = 400 };

static enum status put_all(struct search *search)
{
    size_t looked = 0;
    qsort(search->candidates, search->count, sizeof *search->candidates, newest_first);
    for (size_t i = 0; i < search->count; i++) {
        if (i > 0 && search->candidates[i] == search->candidates[i - 1])
            continue;
        if (is_full(search->found) || ++looked > LOOKED_AT_MAX) {
            search->found->is_cut = true;
            return OK;
        }
        TRY(put(search, search->candidates[i]));
    }
    return OK;
}

enum status find(struct ctx *ctx, struct str text, struct found *ret_found)
{
    struct search search = {.ctx = ctx, .found = ret_found,
                            .candidates = arena_array(ctx->arena, uint64_t, CANDIDATES_MAX)};
    *ret_found = (struct found){0};
    if (search.candidates == NULL)
        return LIMIT;
    TRY(read_wish(ctx, str_trim(text), &search.wish));
    if (search.wish.text.len == 0)
        return OK;
    TRY(find_parties(&search));
    TRY(find_bills(&search));
    TRY(by_words(&search));
    TRY(by_figures(&search));
    TRY(find_the_slips(&search));
    TRY(find_acts(&search));
    return put_all(&search);
}
