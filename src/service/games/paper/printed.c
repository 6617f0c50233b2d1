#include "service/games/paper/printed.h"

#include <stdlib.h>

#include "core/town.h"

enum { FILE_MAX = 4 << 20 };

struct printed {
    struct printed_file {
        struct buf words, bytes;
    } files[PRINTED_MAX]; /* a ring */
    size_t next;
};

/* Its length first, so that no two lists of texts are alike. */
static void add(struct buf *words, struct str text)
{
    uint64_t length = text.len;
    buf_add(words, (struct str){(const char *)&length, sizeof length});
    buf_add(words, text);
}

void printed_add(struct buf *words, const struct paper *paper)
{
    size_t counts[] = {paper->card_count, paper->key_count, paper->vote_count};
    buf_add(words, (struct str){(const char *)counts, sizeof counts});
    add(words, paper->source);
    for (size_t i = 0; i < paper->card_count; i++) {
        add(words, paper->cards[i].big);
        add(words, paper->cards[i].small);
    }
    for (size_t i = 0; i < paper->key_count; i++) {
        add(words, paper->keys[i].asked);
        add(words, paper->keys[i].answer);
        add(words, paper->keys[i].source);
    }
    for (size_t i = 0; i < paper->vote_count; i++)
        add(words, paper->votes[i]);
}

bool printed_take(const struct ctx *ctx, struct str words, struct buf *into)
{
    const struct printed *printed = ctx->town->state[PRINTED_SLOT];
    for (size_t i = 0; printed != NULL && i < PRINTED_MAX; i++)
        if (printed->files[i].bytes.len > 0 && str_eq(buf_str(&printed->files[i].words), words)) {
            buf_add(into, buf_str(&printed->files[i].bytes));
            return true;
        }
    return false;
}

void printed_keep(struct ctx *ctx, struct str words, struct str file)
{
    struct printed *printed = ctx->town->state[PRINTED_SLOT];
    if (file.len > FILE_MAX)
        return;
    if (printed == NULL)
        printed = ctx->town->state[PRINTED_SLOT] = calloc(1, sizeof *printed);
    if (printed == NULL)
        return;
    struct printed_file *at = &printed->files[printed->next++ % PRINTED_MAX];
    buf_finish(&at->words);
    buf_finish(&at->bytes);
    *at = (struct printed_file){BUF_INIT(PRINTED_WORDS_MAX), BUF_INIT(FILE_MAX)};
    buf_add(&at->words, words);
    buf_add(&at->bytes, file);
}

size_t printed_count(const struct town *town)
{
    const struct printed *printed = town->state[PRINTED_SLOT];
    return printed != NULL ? printed->next : 0;
}

void printed_close(struct town *town)
{
    struct printed *printed = town->state[PRINTED_SLOT];
    for (size_t i = 0; printed != NULL && i < PRINTED_MAX; i++) {
        buf_finish(&printed->files[i].words);
        buf_finish(&printed->files[i].bytes);
    }
    free(printed);
    town->state[PRINTED_SLOT] = NULL;
}
