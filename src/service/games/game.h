/* A game is ten cards about what a machine says, or a workbench beside them, with the words that its player and its
 * animator need.
 *
 * One descriptor each, listed in game.c: the landing page, the pages of play, rooms and printed sheets all read it.
 * Truth on a card comes from a table, a computation or a quotation, never from a model. */
#ifndef SERVICE_GAMES_GAME_H
#define SERVICE_GAMES_GAME_H

#include "core/page.h"
#include "service/games/lang.h"

enum { GAME_CARDS = 10, GAME_THOUGHTS_MAX = 5, GAME_THOUGHT_HEADS = 3, GAMES_MAX = 16, GAME_SEED_MAX = 999999 };

/* Who reads: each game has its rule three times. */
enum game_level { LEVEL_ADULT, LEVEL_CHILD, LEVEL_EASY, GAME_LEVELS };

enum { GAME_NOT_SURE = -1 }; /* it named nothing that has a probability */

/* What the machine says of one thing, and its own probability of that, per cent. */
struct game_thought {
    struct str field, said;
    int sure;
};

struct game_card {
    struct str line;    /* what is shown */
    bool is_true;       /* the slider's right end was right */
    struct str verdict; /* one sentence: what is so */
    struct str source;  /* where it stands, or how it was computed */
    struct str link;    /* path of this host where the source can be read; "" or absent: nowhere */
    struct str why;     /* where the machine gets this from */
    struct game_thought thoughts[GAME_THOUGHTS_MAX];
    size_t thought_count;
};

/* GAME_CARDS cards in the order that the seed gives, about half of them true: the same seed, the same cards. */
typedef enum status game_draw(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS]);

struct paper;
/* What is cut out and played without a screen, where that is not the ten cards (paper.h). */
typedef enum status game_paper(struct ctx *ctx, int64_t seed, struct paper *paper);

struct game {
    int number;
    const char *slug; /* /games/SLUG */
    enum text_key title, text, modes;
    enum text_key rule[GAME_LEVELS]; /* each a sentence a line */
    enum text_key check, trap;       /* how to check by oneself; how to try and break it */
    /* The printed sheet of whoever leads a room: several sentences a line each, but for aim, time and material. */
    enum text_key aim, time, material, script, debate, answers;
    /* Cards; draw is NULL where there are none. */
    game_draw *draw;
    enum text_key low, high;           /* ends of the slider: "Invented, I am sure" */
    enum text_key is_false, is_true;   /* stamps: "Invented" */
    enum text_key said;                /* "You said it was true at {sure} %." */
    /* The rule while cards are played, where `rule` is the bench's; over the table of thoughts, and over its columns of
     * fields and of what is said. T_none: as elsewhere. */
    enum text_key card_rule[GAME_LEVELS], thought_heads[GAME_THOUGHT_HEADS];
    /* Printed as well: how to play without a screen, what a player practised, each a sentence a line
     * (GAME_PAPER_WORDS). T_none: the sheet says nothing of it. */
    enum text_key unplugged, skills;
    game_paper *paper;
    const char *model; /* the shipped model its cards are from; NULL: none */
    /* Something to try out, NULL where there is none: /games/BENCH. */
    const char *bench;
    enum text_key bench_title;
    bool begins_with_bench; /* it opens with the bench; its cards stand beside */
    bool has_trial; /* /games/SLUG/trial: the language model of the town's choice plays it too (trial/README.md) */
};

/* The texts games.FAMILY_title and so on; a game without cards or bench leaves the others out. */
#define GAME_WORDS(family)                                                                         \
    .title = T_games_##family##_title, .text = T_games_##family##_text, .modes = T_games_##family##_modes, \
    .rule = {T_games_##family##_rule, T_games_##family##_rule_child, T_games_##family##_rule_easy}, \
    .check = T_games_##family##_check, .trap = T_games_##family##_trap, .aim = T_games_##family##_aim, \
    .time = T_games_##family##_time, .material = T_games_##family##_material,                      \
    .script = T_games_##family##_script, .debate = T_games_##family##_debate,                      \
    .answers = T_games_##family##_answers
#define GAME_CARD_WORDS(family)                                                                    \
    .low = T_games_##family##_low, .high = T_games_##family##_high, .is_false = T_games_##family##_is_false, \
    .is_true = T_games_##family##_is_true, .said = T_games_##family##_said
#define GAME_CARD_RULE(family)                                                                     \
    .card_rule = {T_games_##family##_rule, T_games_##family##_rule_child, T_games_##family##_rule_easy}
#define GAME_PAPER_WORDS(family)                                                                   \
    .unplugged = T_games_##family##_unplugged, .skills = T_games_##family##_skills

/* NULL-terminated, by number. */
extern const struct game *const game_all[];
/* By its slug, else by its bench's. NULL: none. */
const struct game *game_find(struct str slug);
/* The slug of what it opens with. */
const char *game_first(const struct game *game);
/* The rule of its cards for this level. */
enum text_key game_card_rule(const struct game *game, enum game_level level);

/* "child" and "easy" in the address; anything else is the adults' level. */
enum game_level game_level(const struct web_request *request);
/* "&level=child", "" for adults: what every address of a game goes on with. */
const char *game_level_more(enum game_level level);
struct str game_level_name(enum game_level level); /* "child", "easy", "": a form's field "level" */

/* Where it is played with this seed, without a level: "/games/village?seed=7" (arena). */
struct str game_path(struct ctx *ctx, const struct game *game, int64_t seed);

/* The shuffled numbers 0 to count - 1. */
void game_shuffle(uint64_t seed, size_t *places, size_t count);

#endif
