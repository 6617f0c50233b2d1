/* How a town's own assistant answers the questions of test/questions/town.tsv.
 *
 * build/bench-town TOWN_DB FILE.tsv [--show]     TOWN_DB: a copy of members/NAME/town.db of a town that ./run made
 *
 * A question with a title is right when its first passage stands in a document so named, one without when it is
 * refused. */
#include <stdio.h>
#include <stdlib.h>

#include "core/town.h"
#include "need.h"
#include "os/clock.h"
#include "os/file.h"
#include "service/assistant/answer.h"
#include "service/assistant/shelf.h"

struct figures {
    int with, kept, right, without, refused;
};

static struct town town = {.member = 1, .name = STR_INIT("town")};
static struct arena *arena;

static struct ctx begin(void)
{
    arena_reset(arena);
    return (struct ctx){.arena = arena, .town = &town, .place = &town.place, .db = town.db, .language = LANGUAGE_FR};
}

static void read_texts(void)
{
    int64_t longest_us = 0;
    enum status done = OK;
    while (done == OK) {
        struct ctx ctx = begin();
        int64_t from_us = clock_monotonic_us();
        done = shelf_follow(&ctx);
        int64_t took_us = clock_monotonic_us() - from_us;
        longest_us = took_us > longest_us ? took_us : longest_us;
    }
    printf("longest_step_ms %.1f\n", (double)longest_us / 1e3);
}

static void ask(struct str half, struct str question, struct str title, bool is_shown, struct figures *figures)
{
    struct answer answer;
    struct ctx ctx = begin();
    struct answer_asked asked = {.question = question, .about = STR("")};
    need(answer_find(&ctx, &asked, &answer), "question");
    struct str found = answer.count > 0 ? answer.passages[0].document.title : STR("");
    bool is_right = title.len == 0 ? answer.count == 0 : str_find(found, title) != SIZE_MAX;
    figures->with += title.len > 0;
    figures->kept += title.len > 0 && answer.count > 0;
    figures->right += title.len > 0 && is_right;
    figures->without += title.len == 0;
    figures->refused += title.len == 0 && is_right;
    if (is_shown)
        printf("%s %.*s: %.*s -> %.*s\n", is_right ? "  " : "!!", STR_ARG(half), STR_ARG(question), STR_ARG(found));
}

int main(int argc, char **argv)
{
    struct figures figures[2] = {{0}};
    struct str tsv;
    arena = arena_create((size_t)256 << 20);
    need(argc < 3 ? INVALID : OK, "build/bench-town TOWN_DB FILE.tsv [--show]");
    need(db_open(argv[1], DB_WRITE, &town.db), argv[1]);
    need(file_map_path(argv[2], &tsv), argv[2]);
    read_texts();
    str_cut(&tsv, '\n');
    while (!str_is_absent(tsv) && tsv.len > 0) {
        struct str title = str_cut(&tsv, '\n'), half = str_cut(&title, '\t'), question = str_cut(&title, '\t');
        ask(half, question, title, argc > 3, &figures[str_eq(half, STR("proving"))]);
    }
    for (int i = 0; i < 2; i++)
        printf("%s: with a text %d, answered %d, from the right one %d; without %d, refused %d\n",
               i == 0 ? "choosing" : "proving", figures[i].with, figures[i].kept, figures[i].right, figures[i].without,
               figures[i].refused);
    return 0;
}
