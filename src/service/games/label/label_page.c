/* Game 9, "the small hands": each click teaches the machine a theme, and is counted, timed and paid. */
#include "service/games/frame.h"
#include "service/games/label/games_labels_html.h"
#include "service/games/games_service.h"
#include "service/games/label/label.h"
#include "service/games/paper/paper.h"
#include "service/games/label/wage.h"
#include "service/games/lang.h"

enum { STEP = 5, PAUSE_MAX = 60 /* seconds of a click that count */, THOUSAND = 1000 };

/* The curve's field within the drawing, in its units. */
enum { LEFT = 40, TOP = 12, WIDTH = 250, HEIGHT = 150 };

const struct game game_hands = {
    .number = 9, .slug = "small-hands", GAME_WORDS(hands), GAME_PAPER_WORDS(hands), .paper = paper_hands,
    GAME_CARD_WORDS(hands_card), GAME_CARD_RULE(hands_card), .draw = game_hands_draw,
    .thought_heads = {T_games_hands_card_thought, T_games_hands_card_word, T_games_hands_card_seen},
    .bench = "labels", .bench_title = T_games_hands_bench, .begins_with_bench = true};

struct hand {
    int64_t seed, seconds, wage; /* cents an hour */
    struct str labels;
    bool is_sabotaged;
    enum game_level level;
};

/* A number of the address; absent: `usual`; anything else than 0 to `max`: INVALID. */
static enum status read_number(const struct web_request *request, const char *name, int64_t usual, int64_t max,
                               int64_t *ret_number)
{
    *ret_number = web_int(request, name, web_has(request, name) ? -1 : usual);
    return *ret_number >= 0 && *ret_number <= max ? OK : INVALID;
}

static enum status read_hand(const struct web_request *request, struct hand *ret_hand)
{
    int64_t sabotage;
    struct hand hand = {.labels = web_text(request, "labels"), .level = game_level(request)};
    TRY(read_number(request, "seed", LABEL_SEED_USUAL, GAME_SEED_MAX, &hand.seed));
    TRY(read_number(request, "seconds", 0, LABEL_SECONDS_MAX, &hand.seconds));
    TRY(read_number(request, "sabotage", 0, 1, &sabotage));
    TRY(read_number(request, "wage", WAGE_SMIC_CENTS, WAGE_MAX_CENTS, &hand.wage));
    hand.is_sabotaged = sabotage == 1;
    *ret_hand = hand;
    return OK;
}

/* Without a level: the frame adds those of its links. */
static struct str path_of(struct ctx *ctx, const struct hand *hand, bool is_sabotaged)
{
    struct str wage = hand->wage == WAGE_SMIC_CENTS ? STR("")
                                                    : str_format(ctx->arena, "&wage=%lld", (long long)hand->wage);
    return str_format(ctx->arena, "/games/labels?seed=%lld&labels=%.*s&seconds=%lld%.*s%s", (long long)hand->seed,
                      STR_ARG(hand->labels), (long long)hand->seconds, STR_ARG(wage),
                      is_sabotaged ? "&sabotage=1" : "");
}

static enum status go_on(struct ctx *ctx, const struct hand *hand, struct web_response *response)
{
    struct str path = path_of(ctx, hand, hand->is_sabotaged);
    return web_redirect(ctx, response, "%.*s%s", STR_ARG(path), game_level_more(hand->level));
}

/* A click: its letter, and the seconds since the page was made. */
static enum status click(struct ctx *ctx, const struct web_request *request, struct hand *hand,
                         struct web_response *response)
{
    struct str theme = web_text(request, "theme");
    int64_t now = ctx->now.ms / 1000, took = now - web_int(request, "at", now);
    if (theme.len != 1 || theme.at[0] < 'a' || theme.at[0] >= 'a' + LABEL_THEMES || hand->labels.len >= LABELS_MAX)
        return refuse(ctx, NOT_FOUND, "games.labels", T_games_round_wrong);
    hand->labels = str_format(ctx->arena, "%.*s%c", STR_ARG(hand->labels), theme.at[0]);
    hand->seconds += took < 0 ? 0 : took > PAUSE_MAX ? PAUSE_MAX : took;
    hand->seconds = hand->seconds > LABEL_SECONDS_MAX ? LABEL_SECONDS_MAX : hand->seconds;
    return go_on(ctx, hand, response);
}

/* ---- the page ---- */

static int64_t per_cent(int right)
{
    return (right * 100 + LABEL_TESTS / 2) / LABEL_TESTS;
}

static void add_line(struct ctx *ctx, struct buf *line, size_t at, int right)
{
    buf_add(line, str_format(ctx->arena, "%zu,%d ", LEFT + at * WIDTH / LABELS_MAX,
                             TOP + HEIGHT - right * HEIGHT / LABEL_TESTS));
}

static enum status add_curve(struct ctx *ctx, const struct label_work *work, struct games_labels_view *view)
{
    struct buf honest BUF_SCOPE = BUF_INIT(2048), spoilt BUF_SCOPE = BUF_INIT(2048);
    view->points = arena_array(ctx->arena, struct games_labels_point, LABELS_MAX / STEP + 2);
    if (view->points == NULL)
        return LIMIT;
    for (size_t i = 0; i <= work->count; i++) {
        if (i % STEP != 0 && i != work->count)
            continue;
        add_line(ctx, &honest, i, work->right[i]);
        add_line(ctx, &spoilt, i, work->sabotaged[i]);
        view->points[view->point_count++] = (struct games_labels_point){.labels = (int64_t)i,
                                                                        .right = per_cent(work->right[i]),
                                                                        .sabotaged = per_cent(work->sabotaged[i])};
    }
    view->honest = str_copy(ctx->arena, str_trim(buf_str(&honest)));
    view->spoilt = str_copy(ctx->arena, str_trim(buf_str(&spoilt)));
    return OK;
}

static enum status add_ledger(struct ctx *ctx, const struct label_work *work, struct games_labels_view *view)
{
    view->ledgers = arena_array(ctx->arena, struct games_labels_ledger, LABELS_MAX);
    if (view->ledgers == NULL)
        return LIMIT;
    for (size_t i = 0; i < work->count; i++) {
        const struct label_one *label = &work->labels[i];
        size_t learnt = view->is_sabotaged ? label->learnt : label->given;
        view->ledgers[view->ledger_count++] =
            (struct games_labels_ledger){.number = (int64_t)i + 1,
                                         .title = str_of(label->title),
                                         .given = label_theme_name(ctx->language, label->given),
                                         .makers = label_theme_name(ctx->language, label->makers),
                                         .learnt = label_theme_name(ctx->language, learnt),
                                         .is_turned = learnt != label->given};
    }
    return OK;
}

static enum status add_choices(struct ctx *ctx, struct games_labels_view *view)
{
    static const char letters[] = "abcdef";
    view->choices = arena_array(ctx->arena, struct games_labels_choice, LABEL_THEMES);
    if (view->choices == NULL)
        return LIMIT;
    for (size_t i = 0; i < LABEL_THEMES; i++)
        view->choices[view->choice_count++] =
            (struct games_labels_choice){.letter = {&letters[i], 1}, .name = label_theme_name(ctx->language, i)};
    return OK;
}

static struct str hundredths(struct ctx *ctx, double number)
{
    int64_t whole = (int64_t)(number * 100 + (number < 0 ? -0.5 : 0.5));
    int64_t size = whole < 0 ? -whole : whole;
    return str_format(ctx->arena, "%s%lld%s%02lld", whole < 0 ? "\u2212" : "", (long long)size / 100,
                      ctx->language == LANGUAGE_FR ? "," : ".", (long long)size % 100);
}

static void add_pay(struct ctx *ctx, const struct hand *hand, int64_t count, struct games_labels_view *view)
{
    int64_t thousand = count > 0 ? hand->seconds * THOUSAND / count : 0; /* seconds for so many labels */
    struct date since = date_of(WAGE_SMIC_YEAR, WAGE_SMIC_MONTH, WAGE_SMIC_DAY);
    view->wage = hand->wage;
    view->wage_text = str_format(ctx->arena, "%lld", (long long)hand->wage);
    view->wage_max = WAGE_MAX_CENTS;
    view->wage_shown = wage_euros(ctx, hand->wage * 10);
    view->smic = wage_euros(ctx, WAGE_SMIC_CENTS * 10);
    view->smic_since = page_date(ctx, since);
    view->smic_text = STR(WAGE_SMIC_TEXT);
    view->smic_link = STR(WAGE_SMIC_LINK);
    view->study = STR(WAGE_STUDY_LINK);
    view->pay = wage_euros(ctx, wage_tenths(hand->seconds, hand->wage));
    view->has_due = count > 0 && hand->wage != WAGE_SMIC_CENTS;
    view->due = wage_euros(ctx, wage_tenths(hand->seconds, WAGE_SMIC_CENTS));
    view->thousand_pay = wage_euros(ctx, wage_tenths(thousand, hand->wage));
    view->thousand_due = wage_euros(ctx, wage_tenths(thousand, WAGE_SMIC_CENTS));
}

/* What the click just made has changed, for better or worse. */
static void add_last(struct ctx *ctx, const struct label_work *work, struct games_labels_view *view)
{
    if (work->count == 0)
        return;
    const struct label_one *last = &work->labels[work->count - 1];
    size_t before = work->count - 1;
    view->last_title = str_of(last->title);
    view->last_theme = label_theme_name(ctx->language, last->given);
    view->before = per_cent(view->is_sabotaged ? work->sabotaged[before] : work->right[before]);
}

static void sum_up(struct ctx *ctx, const struct hand *hand, const struct label_work *work,
                   struct games_labels_view *view)
{
    int64_t count = (int64_t)work->count;
    view->clicks = count;
    view->max = LABELS_MAX;
    view->tests = LABEL_TESTS;
    view->titles = LABEL_THEMES * LABEL_BY_THEME;
    view->seconds = hand->seconds;
    add_pay(ctx, hand, count, view);
    view->right = per_cent(hand->is_sabotaged ? work->sabotaged[count] : work->right[count]);
    view->kappa = hundredths(ctx, work->kappa);
    view->has_labels = count > 0;
    view->is_sabotaged = hand->is_sabotaged;
    add_last(ctx, work, view);
    view->has_next = work->next != NULL;
    view->title = str_of(work->next != NULL ? work->next : "");
    view->at = str_format(ctx->arena, "%lld", (long long)ctx->now.ms / 1000);
    view->seed = str_format(ctx->arena, "%lld", (long long)hand->seed);
    view->labels = hand->labels;
    view->worked = str_format(ctx->arena, "%lld", (long long)hand->seconds);
    view->sabotage = hand->is_sabotaged ? STR("1") : STR("0");
    view->level = game_level_name(hand->level);
    struct str other = path_of(ctx, hand, !hand->is_sabotaged);
    view->other = str_format(ctx->arena, "%.*s%s", STR_ARG(other), game_level_more(hand->level));
    view->again = str_format(ctx->arena, "/games/labels?seed=%lld%s", (long long)(hand->seed + 1) % GAME_SEED_MAX,
                             game_level_more(hand->level));
}

/* Nothing of a game in the address, but how it is read. */
static bool is_bare(const struct web_request *request)
{
    for (size_t i = 0; i < request->fields->count; i++)
        if (!str_eq(request->fields->at[i].name, STR("level")) && !str_eq(request->fields->at[i].name, STR("language")))
            return false;
    return true;
}

enum status games_labels_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct hand hand;
    struct label_work work;
    struct games_labels_view view = {0};
    if (is_bare(request)) /* the game opens with its sham check */
        return web_redirect(ctx, response, "/games/not-a-robot?%s", game_level_more(game_level(request)));
    enum status done = read_hand(request, &hand);
    if (done == OK)
        done = label_work(ctx->arena, hand.seed, hand.labels, &work);
    if (done == INVALID)
        return refuse(ctx, NOT_FOUND, "games.labels", T_games_round_wrong);
    TRY(done);
    if (web_has(request, "theme"))
        return click(ctx, request, &hand, response);
    sum_up(ctx, &hand, &work, &view);
    TRY(add_choices(ctx, &view));
    TRY(add_curve(ctx, &work, &view));
    TRY(add_ledger(ctx, &work, &view));
    struct frame frame = {.game = &game_hands,
                          .tab = FRAME_BENCH,
                          .level = hand.level,
                          .path = path_of(ctx, &hand, hand.is_sabotaged),
                          .seed = hand.seed};
    frame_begin(&page, ctx, request, response, &frame);
    games_labels_html(&page.html, &view);
    return frame_end(&page, &frame);
}
