/* Game 9 without a screen: titles to be put under six themes, as the makers did. */
#include "service/games/label/label.h"
#include "service/games/lang.h"
#include "service/games/paper/paper.h"

enum { TITLES = 20 };

struct str label_theme_name(enum language language, size_t theme)
{
    static const enum text_key names[LABEL_THEMES] = {T_games_hands_theme0, T_games_hands_theme1,
                                                      T_games_hands_theme2, T_games_hands_theme3,
                                                      T_games_hands_theme4, T_games_hands_theme5};
    return text_of(language, names[theme]);
}

/* The first that the same seed gives on the screen. */
enum status paper_hands(struct ctx *ctx, int64_t seed, struct paper *paper)
{
    struct label_work *work = arena_new(ctx->arena, struct label_work);
    if (work == NULL)
        return LIMIT;
    TRY(label_read(seed, STR("aaaaaaaaaaaaaaaaaaaa"), work));
    for (size_t i = 0; i < TITLES; i++) {
        struct str title = str_of(work->labels[i].title);
        TRY(paper_add_card(paper, title, STR_NONE));
        TRY(paper_add_key(paper, title, label_theme_name(ctx->language, work->labels[i].makers),
                          text_of(ctx->language, T_games_paper_hands_source)));
    }
    for (size_t theme = 0; theme < LABEL_THEMES; theme++)
        TRY(paper_add_vote(paper, label_theme_name(ctx->language, theme)));
    return OK;
}
