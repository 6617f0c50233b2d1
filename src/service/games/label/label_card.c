/* The cards of game 9: does a machine find the theme of a title, after so many labels, some of them wrong? Is much of
 * sloppy work better than little of careful work? And what is a label paid? All of it is computed here. */
#include "base/seeded.h"
#include "language/model/classifier.h"
#include "language/token.h"
#include "service/games/games_service.h"
#include "service/games/label/label.h"
#include "service/games/label/wage.h"
#include "service/games/lang.h"

enum {
    PAIRS = 2,     /* of hands that are compared: a careful one and a sloppy one */
    TRIES_MAX = 60,
    WORD_SHORT = 3, /* letters: shorter words are not shown */
    HAND_ARENA = 4 << 20,
};
enum kind { CAREFUL, SLOPPY, COMPARED, PAID, PAID_BY_PIECE };
/* The cards before they are shuffled; half of each sort are true. */
static const struct {
    enum kind kind;
    size_t pair;
    bool is_true;
} cards[GAME_CARDS] = {{CAREFUL, 0, true}, {CAREFUL, 1, false},  {CAREFUL, 0, false}, {SLOPPY, 0, true},
                       {SLOPPY, 1, false}, {SLOPPY, 1, true},    {COMPARED, 0, true}, {COMPARED, 1, false},
                       {PAID, 0, true},    {PAID_BY_PIECE, 0, false}};

/* One hand's work, and how the machine that learnt of it does in the exam. */
struct hand {
    size_t count, wrong;
    struct classifier *classifier;
    size_t said[LABEL_TESTS]; /* themes */
    int64_t right;
};

struct drawing {
    struct ctx *ctx;
    struct arena *arena; /* of the classifiers */
    struct seeded seeded;
    struct hand hands[PAIRS][2]; /* careful, sloppy */
    bool is_taken[LABEL_TESTS];
    bool is_turned; /* no kind of card is always true, or mostly */
};

static int64_t between(struct drawing *drawing, int64_t low, int64_t high)
{
    return low + (int64_t)seeded_below(&drawing->seeded, (uint64_t)(high - low + 1));
}

static struct str sentence(const struct drawing *drawing, enum text_key key, const struct text_arg *args, size_t count)
{
    return text_with(drawing->ctx->arena, drawing->ctx->language, key, args, count);
}

static struct str theme_name(const struct drawing *drawing, size_t theme)
{
    return label_theme_name(drawing->ctx->language, theme);
}

/* ---- hands ---- */

static size_t theme_of_test(size_t test)
{
    return test / LABEL_TESTS_BY_THEME;
}

static struct str title_of_test(size_t test)
{
    size_t first = LABEL_BY_THEME - LABEL_TESTS_BY_THEME;
    return str_of(label_titles[theme_of_test(test)][first + test % LABEL_TESTS_BY_THEME]);
}

/* Labels as the makers gave them, of so many titles in the order of a seed. */
static enum status read_labels(int64_t seed, size_t count, struct label_work *work)
{
    char given[LABELS_MAX];
    struct label_work first = {.count = 0};
    memset(given, 'a', sizeof given);
    TRY(label_read(seed, (struct str){given, count}, &first));
    for (size_t i = 0; i < count; i++)
        given[i] = (char)('a' + first.labels[i].makers);
    return label_read(seed, (struct str){given, count}, work);
}

static enum status work_hand(struct drawing *drawing, int64_t seed, size_t count, bool is_sloppy, struct hand *hand)
{
    double probability[CLASSIFIER_THEMES_MAX];
    struct label_work work = {.count = 0};
    *hand = (struct hand){.count = count};
    TRY(read_labels(seed, count, &work));
    TRY(classifier_create(drawing->arena, CLASSIFIER_BAYES, LABEL_THEMES, &hand->classifier));
    for (size_t i = 0; i < count; i++) {
        const struct label_one *label = &work.labels[i];
        classifier_learn(hand->classifier, str_of(label->title), is_sloppy ? label->learnt : label->makers);
        hand->wrong += is_sloppy && label->learnt != label->makers;
    }
    for (size_t i = 0; i < LABEL_TESTS; i++) {
        hand->said[i] = classifier_guess(hand->classifier, title_of_test(i), probability);
        hand->right += hand->said[i] == theme_of_test(i);
    }
    return OK;
}

/* Drawn until the sloppy one does better, or until it does not. */
static enum status draw_pair(struct drawing *drawing, bool is_sloppy_better, struct hand pair[2])
{
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        int64_t seed = between(drawing, 0, GAME_SEED_MAX);
        arena_reset(drawing->arena);
        TRY(work_hand(drawing, seed, (size_t)between(drawing, 14, 34), false, &pair[0]));
        TRY(work_hand(drawing, seed, (size_t)between(drawing, 44, LABELS_MAX), true, &pair[1]));
        bool is_even = pair[0].right == pair[1].right;
        if (!is_even && is_sloppy_better == (pair[1].right > pair[0].right))
            return OK;
    }
    return CORRUPT;
}

/* ---- a title ---- */

static int64_t times_seen(const struct hand *hand, struct str word, double seen[CLASSIFIER_THEMES_MAX])
{
    double sum = 0;
    classifier_seen(hand->classifier, word, seen);
    for (size_t theme = 0; theme < LABEL_THEMES; theme++)
        sum += seen[theme];
    return (int64_t)(sum + 0.5);
}

/* The next word that is long enough, and how often it was seen. */
static bool next_word(const struct hand *hand, struct str *rest, struct str *ret_word, int64_t *ret_times,
                      double seen[CLASSIFIER_THEMES_MAX])
{
    while (token_next(rest, ret_word)) {
        *ret_times = times_seen(hand, *ret_word, seen);
        if (ret_word->len > WORD_SHORT)
            return true;
    }
    return false;
}

/* "« perte » 1 fois, « passeport » 2 fois" */
static struct str known_words(const struct drawing *drawing, const struct hand *hand, struct str title)
{
    struct buf out BUF_SCOPE = BUF_INIT(2000);
    double seen[CLASSIFIER_THEMES_MAX];
    struct str word;
    int64_t times;
    while (next_word(hand, &title, &word, &times, seen)) {
        struct text_arg args[] = {TEXT_ARG("word", word), NUMBER_ARG("count", times)};
        if (times == 0)
            continue;
        buf_add_c(&out, out.len > 0 ? ", " : "");
        buf_add(&out, sentence(drawing, T_games_hands_card_known, args, 2));
    }
    return out.len > 0 ? str_copy(drawing->ctx->arena, buf_str(&out))
                       : text_of(drawing->ctx->language, T_games_hands_card_unknown);
}

/* "État civil 2, Urbanisme 1" */
static struct str themes_of(const struct drawing *drawing, const double seen[CLASSIFIER_THEMES_MAX])
{
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    for (size_t theme = 0; theme < LABEL_THEMES; theme++) {
        struct text_arg args[] = {TEXT_ARG("theme", theme_name(drawing, theme)),
                                  NUMBER_ARG("count", (int64_t)(seen[theme] + 0.5))};
        if (args[1].number == 0)
            continue;
        buf_add_c(&out, out.len > 0 ? ", " : "");
        buf_add(&out, sentence(drawing, T_games_hands_card_under, args, 2));
    }
    return out.len > 0 ? str_copy(drawing->ctx->arena, buf_str(&out))
                       : text_of(drawing->ctx->language, T_games_hands_card_unknown);
}

static void add_words(const struct drawing *drawing, const struct hand *hand, struct str title, struct game_card *card)
{
    double seen[CLASSIFIER_THEMES_MAX];
    struct str word;
    int64_t times;
    while (card->thought_count < GAME_THOUGHTS_MAX && next_word(hand, &title, &word, &times, seen))
        card->thoughts[card->thought_count++] =
            (struct game_thought){.field = word, .said = themes_of(drawing, seen), .sure = GAME_NOT_SURE};
}

/* A title of the exam that no card has yet, found or missed. */
static size_t pick_test(struct drawing *drawing, const struct hand *hand, bool is_true)
{
    size_t places[LABEL_TESTS];
    game_shuffle(drawing->seeded.state, places, LABEL_TESTS);
    for (size_t i = 0; i < LABEL_TESTS; i++)
        if (!drawing->is_taken[places[i]] && (hand->said[places[i]] == theme_of_test(places[i])) == is_true)
            return places[i];
    return LABEL_TESTS;
}

static enum status title_card(struct drawing *drawing, const struct hand *hand, bool is_sloppy, struct game_card *card)
{
    size_t test = pick_test(drawing, hand, card->is_true);
    if (test == LABEL_TESTS)
        return CORRUPT;
    struct str title = title_of_test(test);
    struct text_arg asked[] = {NUMBER_ARG("count", (int64_t)hand->count), NUMBER_ARG("wrong", (int64_t)hand->wrong),
                               TEXT_ARG("title", title), TEXT_ARG("known", known_words(drawing, hand, title))};
    struct text_arg said[] = {TEXT_ARG("said", theme_name(drawing, hand->said[test])),
                              TEXT_ARG("makers", theme_name(drawing, theme_of_test(test)))};
    drawing->is_taken[test] = true;
    card->line = sentence(drawing, is_sloppy ? T_games_hands_card_spoilt : T_games_hands_card_title, asked, 4);
    card->verdict = sentence(drawing, card->is_true ? T_games_hands_card_found : T_games_hands_card_missed, said, 2);
    card->source = sentence(drawing, T_games_paper_hands_source, NULL, 0);
    card->why = sentence(drawing, T_games_hands_card_why, NULL, 0);
    add_words(drawing, hand, title, card);
    return OK;
}

/* ---- two hands, and what they are paid ---- */

static void compared_card(const struct drawing *drawing, const struct hand pair[2], struct game_card *card)
{
    struct text_arg asked[] = {NUMBER_ARG("few", (int64_t)pair[0].count), NUMBER_ARG("many", (int64_t)pair[1].count)};
    struct text_arg marks[] = {NUMBER_ARG("honest", pair[0].right), NUMBER_ARG("spoilt", pair[1].right),
                               NUMBER_ARG("tests", LABEL_TESTS), NUMBER_ARG("wrong", (int64_t)pair[1].wrong)};
    struct text_arg exam[] = {NUMBER_ARG("tests", LABEL_TESTS),
                              TEXT_ARG("source", sentence(drawing, T_games_paper_hands_source, NULL, 0))};
    card->line = sentence(drawing, T_games_hands_card_compare, asked, 2);
    card->verdict = sentence(drawing, T_games_hands_card_marks, marks, 4);
    card->source = sentence(drawing, T_games_hands_card_exam, exam, 2);
    card->why = sentence(drawing, T_games_hands_card_compare_why, NULL, 0);
}

/* Between a half and four fifths of the pay, or a quarter to one more than it; in tens of cents. */
static int64_t asked_sum(struct drawing *drawing, int64_t tenths, bool is_true)
{
    int64_t share = is_true ? between(drawing, 50, 80) : between(drawing, 125, 200);
    int64_t tens = tenths * share / 100 / 100;
    return 100 * (is_true ? tens : tens + 1);
}

static struct str hours_of(const struct drawing *drawing, int64_t seconds)
{
    int64_t minutes = seconds / 60;
    struct text_arg hours[] = {NUMBER_ARG("hours", minutes / 60), NUMBER_ARG("minutes", minutes % 60)};
    return sentence(drawing, T_games_hands_card_hours, hours, 2);
}

static void add_smic(const struct drawing *drawing, struct game_card *card)
{
    struct date since = date_of(WAGE_SMIC_YEAR, WAGE_SMIC_MONTH, WAGE_SMIC_DAY);
    struct text_arg source[] = {TEXT_ARG("date", page_date(drawing->ctx, since)),
                                TEXT_ARG("text", STR(WAGE_SMIC_TEXT))};
    card->source = sentence(drawing, T_games_hands_card_pay_source, source, 2);
    card->why = sentence(drawing, T_games_hands_card_pay_why, NULL, 0);
}

static void paid_card(struct drawing *drawing, struct game_card *card)
{
    struct ctx *ctx = drawing->ctx;
    int64_t count = 500 * between(drawing, 1, 6), each = between(drawing, 4, 9);
    int64_t pay = wage_tenths(count * each, WAGE_SMIC_CENTS);
    struct text_arg asked[] = {NUMBER_ARG("count", count), NUMBER_ARG("seconds", each),
                               TEXT_ARG("wage", wage_euros(ctx, WAGE_SMIC_CENTS * 10)),
                               TEXT_ARG("sum", wage_euros(ctx, asked_sum(drawing, pay, card->is_true)))};
    struct text_arg paid[] = {TEXT_ARG("hours", hours_of(drawing, count * each)),
                              TEXT_ARG("pay", wage_euros(ctx, pay))};
    card->line = sentence(drawing, T_games_hands_card_pay, asked, 4);
    card->verdict = sentence(drawing, T_games_hands_card_paid, paid, 2);
    add_smic(drawing, card);
}

/* Paid by the piece, a quarter to one more than an hour at the Smic comes to, or a half to four fifths of it. */
static void piece_card(struct drawing *drawing, struct game_card *card)
{
    struct ctx *ctx = drawing->ctx;
    int64_t count = 500 * between(drawing, 1, 6), each = between(drawing, 4, 9);
    int64_t share = card->is_true ? between(drawing, 125, 200) : between(drawing, 50, 80);
    int64_t piece = wage_tenths(each, WAGE_SMIC_CENTS) * share / 100;
    struct text_arg asked[] = {NUMBER_ARG("count", count), NUMBER_ARG("seconds", each),
                               TEXT_ARG("piece", wage_euros(ctx, piece)),
                               TEXT_ARG("wage", wage_euros(ctx, WAGE_SMIC_CENTS * 10))};
    struct text_arg paid[] = {TEXT_ARG("hours", hours_of(drawing, count * each)),
                              TEXT_ARG("pay", wage_euros(ctx, piece * count)),
                              TEXT_ARG("hourly", wage_euros(ctx, piece * 3600 / each))};
    card->line = sentence(drawing, T_games_hands_card_piece, asked, 4);
    card->verdict = sentence(drawing, T_games_hands_card_pieces, paid, 3);
    add_smic(drawing, card);
}

/* ---- the ten ---- */

static enum status draw_one(struct drawing *drawing, size_t number, struct game_card *card)
{
    struct hand *pair = drawing->hands[cards[number].pair];
    enum kind kind = cards[number].kind;
    *card = (struct game_card){.is_true = cards[number].is_true != (drawing->is_turned && kind != COMPARED)};
    if (kind == CAREFUL || kind == SLOPPY)
        return title_card(drawing, &pair[kind == SLOPPY], kind == SLOPPY, card);
    if (kind == COMPARED)
        compared_card(drawing, pair, card);
    else if (kind == PAID)
        paid_card(drawing, card);
    else
        piece_card(drawing, card);
    return OK;
}

enum status game_hands_draw(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    struct arena *arenas[PAIRS] = {arena_create(HAND_ARENA), arena_create(HAND_ARENA)};
    struct drawing drawing = {.ctx = ctx, .seeded = {(uint64_t)seed}};
    drawing.is_turned = between(&drawing, 0, 1) == 1;
    size_t order[GAME_CARDS];
    enum status done = arenas[0] != NULL && arenas[1] != NULL ? OK : LIMIT;
    game_shuffle((uint64_t)seed + GAME_SEED_MAX + 1, order, GAME_CARDS);
    for (size_t i = 0; i < PAIRS && done == OK; i++) {
        drawing.arena = arenas[i];
        done = draw_pair(&drawing, i == 0, drawing.hands[i]);
    }
    for (size_t i = 0; i < GAME_CARDS && done == OK; i++)
        done = draw_one(&drawing, order[i], &ret_cards[i]);
    for (size_t i = 0; i < PAIRS; i++)
        arena_destroy(&arenas[i]);
    return done;
}
