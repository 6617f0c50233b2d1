#include "service/games/dealt.h"

#include "service/games/machine.h"

static bool copy_text(struct arena *arena, struct str *text)
{
    if (str_is_absent(*text))
        return true;
    *text = str_copy(arena, *text);
    return !str_is_absent(*text);
}

static enum status copy(struct arena *arena, const struct game_card from[GAME_CARDS], struct game_card to[GAME_CARDS])
{
    for (size_t i = 0; i < GAME_CARDS; i++) {
        struct game_card *card = &to[i];
        *card = from[i];
        if (!copy_text(arena, &card->line) || !copy_text(arena, &card->verdict) || !copy_text(arena, &card->source) ||
            !copy_text(arena, &card->link) || !copy_text(arena, &card->why))
            return LIMIT;
        for (size_t k = 0; k < card->thought_count; k++)
            if (!copy_text(arena, &card->thoughts[k].field) || !copy_text(arena, &card->thoughts[k].said))
                return LIMIT;
    }
    return OK;
}

static void empty(struct dealt *dealt)
{
    arena_destroy(&dealt->texts);
    *dealt = (struct dealt){.texts = NULL};
}

static bool is_of(const struct dealt *dealt, const struct dealt_key *key)
{
    return dealt->texts != NULL && dealt->key.game == key->game && dealt->key.seed == key->seed &&
           dealt->key.state == key->state && dealt->key.language == key->language;
}

enum status dealt_find(struct dealt_memory *memory, const struct dealt_key *key, struct arena *arena,
                       struct game_card ret_cards[GAME_CARDS])
{
    for (size_t i = 0; i < DEALT_MAX; i++) {
        struct dealt *dealt = &memory->entries[i];
        if (!is_of(dealt, key))
            continue;
        dealt->used = ++memory->uses;
        return copy(arena, dealt->cards, ret_cards);
    }
    return NOT_FOUND;
}

void dealt_keep(struct dealt_memory *memory, const struct dealt_key *key, const struct game_card cards[GAME_CARDS])
{
    struct dealt *oldest = &memory->entries[0];
    for (size_t i = 1; i < DEALT_MAX; i++)
        if (memory->entries[i].used < oldest->used)
            oldest = &memory->entries[i];
    empty(oldest);
    *oldest = (struct dealt){.key = *key, .texts = arena_create(DEALT_BYTES_MAX), .used = ++memory->uses};
    if (oldest->texts != NULL && copy(oldest->texts, cards, oldest->cards) != OK)
        empty(oldest);
}

enum status dealt_draw(struct ctx *ctx, const struct dealt_key *key, game_draw *draw,
                       struct game_card ret_cards[GAME_CARDS])
{
    struct dealt_memory *memory;
    TRY(machine_dealt(ctx, &memory));
    if (dealt_find(memory, key, ctx->arena, ret_cards) == OK)
        return OK;
    TRY(draw(ctx, key->seed, ret_cards));
    dealt_keep(memory, key, ret_cards);
    return OK;
}

void dealt_forget(struct dealt_memory *memory)
{
    for (size_t i = 0; i < DEALT_MAX; i++)
        empty(&memory->entries[i]);
}
