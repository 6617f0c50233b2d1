#include "service/games/machine.h"

#include <openssl/sha.h>
#include <stdlib.h>

#include "base/base64.h"
#include "core/town.h"
#include "language/model/table_text.h"
#include "service/games/dealt.h"
#include "service/games/feed/meals.h"
#include "service/games/talk/nowhere.h"
#include "service/games/trial/witness.h"
#include "service/games/wordings.h"

enum { ARENA_MAX = 64 << 20 };

struct machines {
    struct arena *arena;
    struct machine all[MACHINES];
    bool is_read[MACHINES];
    char hashes[MACHINES][MACHINE_HASH_LETTERS]; /* the first 0: not counted yet */
    struct table table; /* count 0: not read yet */
    struct witness_memory witness;
    struct dealt_memory dealt;
    struct wordings wordings; /* count 0: not read yet; so of the next two */
    struct nowhere nowhere;
    struct meals meals;
};

struct str machine_name(enum machine_kind kind)
{
    static const struct str names[MACHINES] = {STR_INIT("nano"), STR_INIT("petit"), STR_INIT("moyen")};
    return names[kind];
}

enum status machine_named(struct str name, enum machine_kind *ret_kind)
{
    for (enum machine_kind kind = MACHINE_NANO; kind < MACHINES; kind++)
        if (str_eq(name, machine_name(kind))) {
            *ret_kind = kind;
            return OK;
        }
    return NOT_FOUND;
}

static enum status load_deck(struct machines *machines, enum machine_kind kind)
{
    struct machine *machine = &machines->all[kind];
    if (machine->deck.count > 0)
        return OK;
    TRY(shipped_model(machine_name(kind), &machine->shipped));
    return deck_read(machines->arena, machine->shipped.deck, &machine->deck);
}

static enum status load(struct machines *machines, enum machine_kind kind)
{
    struct machine *machine = &machines->all[kind];
    TRY(load_deck(machines, kind));
    TRY(model_read(machines->arena, machine->shipped.file, &machine->model));
    return speaker_create(machines->arena, kernel_best(), &machine->model, &machine->speaker);
}

static struct machines *machines_of(struct town *town)
{
    struct machines *machines = town->state[GAMES_SLOT];
    if (machines != NULL)
        return machines;
    machines = calloc(1, sizeof *machines);
    town->state[GAMES_SLOT] = machines;
    if (machines != NULL)
        machines->arena = arena_create(ARENA_MAX);
    return machines;
}

enum status machine_get(struct ctx *ctx, enum machine_kind kind, struct machine **ret_machine)
{
    struct machines *machines = machines_of(ctx->town);
    if (machines == NULL)
        return LIMIT;
    if (!machines->is_read[kind])
        TRY(load(machines, kind));
    machines->is_read[kind] = true;
    *ret_machine = &machines->all[kind];
    return OK;
}

enum status machine_deck(struct ctx *ctx, enum machine_kind kind, const struct deck **ret_deck)
{
    struct machines *machines = machines_of(ctx->town);
    if (machines == NULL)
        return LIMIT;
    TRY(load_deck(machines, kind));
    *ret_deck = &machines->all[kind].deck;
    return OK;
}

static enum status write_hash(struct str name, char hash[MACHINE_HASH_LETTERS])
{
    struct shipped_model shipped;
    struct buf hex BUF_SCOPE = BUF_INIT(MACHINE_HASH_LETTERS);
    unsigned char bytes[SHA256_DIGEST_LENGTH];
    TRY(shipped_model(name, &shipped));
    SHA256((const unsigned char *)shipped.file.at, shipped.file.len, bytes);
    hex_encode(&hex, (struct str){(const char *)bytes, MACHINE_HASH_LETTERS / 2});
    memcpy(hash, hex.at, MACHINE_HASH_LETTERS);
    return OK;
}

/* Of moyen it takes milliseconds: once for each process. */
enum status machine_hash(struct ctx *ctx, struct str name, struct str *ret_hash)
{
    struct machines *machines = machines_of(ctx->town);
    if (machines == NULL)
        return LIMIT;
    for (size_t i = 0; i < MACHINES; i++) {
        if (!str_eq(name, machine_name((enum machine_kind)i)))
            continue;
        if (machines->hashes[i][0] == 0)
            TRY(write_hash(name, machines->hashes[i]));
        *ret_hash = (struct str){machines->hashes[i], MACHINE_HASH_LETTERS};
        return OK;
    }
    return NOT_FOUND;
}

enum status machine_table(struct ctx *ctx, const struct table **ret_table)
{
    struct machines *machines = machines_of(ctx->town);
    if (machines == NULL)
        return LIMIT;
    if (machines->table.count == 0)
        TRY(table_text_read(machines->arena, shipped_communes(), &machines->table, NULL));
    *ret_table = &machines->table;
    return OK;
}

enum status machine_wordings(struct ctx *ctx, const struct wordings **ret_wordings)
{
    const struct deck *deck;
    TRY(machine_deck(ctx, MACHINE_MOYEN, &deck));
    struct machines *machines = machines_of(ctx->town);
    if (machines->wordings.count == 0)
        TRY(wordings_read(machines->arena, shipped_wordings(), deck, &machines->wordings));
    *ret_wordings = &machines->wordings;
    return OK;
}

enum status machine_nowhere(struct ctx *ctx, const struct nowhere **ret_nowhere)
{
    struct machines *machines = machines_of(ctx->town);
    if (machines == NULL)
        return LIMIT;
    if (machines->nowhere.count == 0)
        TRY(nowhere_read(machines->arena, shipped_nowhere(), &machines->nowhere));
    *ret_nowhere = &machines->nowhere;
    return OK;
}

enum status machine_meals(struct ctx *ctx, const struct meals **ret_meals)
{
    const struct deck *deck;
    TRY(machine_deck(ctx, MACHINE_NANO, &deck));
    struct machines *machines = machines_of(ctx->town);
    if (machines->meals.count == 0)
        TRY(meals_read(machines->arena, shipped_meals(), deck, &machines->meals));
    *ret_meals = &machines->meals;
    return OK;
}

bool machine_is_read(const struct town *town, enum machine_kind kind)
{
    const struct machines *machines = town->state[GAMES_SLOT];
    return machines != NULL && machines->is_read[kind];
}

enum status machine_witness(struct ctx *ctx, struct witness_memory **ret_memory)
{
    struct machines *machines = machines_of(ctx->town);
    if (machines == NULL)
        return LIMIT;
    *ret_memory = &machines->witness;
    return OK;
}

enum status machine_dealt(struct ctx *ctx, struct dealt_memory **ret_memory)
{
    struct machines *machines = machines_of(ctx->town);
    if (machines == NULL)
        return LIMIT;
    *ret_memory = &machines->dealt;
    return OK;
}

void machine_close(struct town *town)
{
    struct machines *machines = town->state[GAMES_SLOT];
    if (machines == NULL)
        return;
    witness_forget(&machines->witness);
    dealt_forget(&machines->dealt);
    arena_destroy(&machines->arena);
    free(machines);
    town->state[GAMES_SLOT] = NULL;
}

enum status machine_hear(struct machine *machine, struct str text)
{
    if (text.len > MACHINE_TEXT_MAX)
        return LIMIT;
    speaker_restart(machine->speaker);
    TRY(speaker_hear_text(machine->speaker, STR("\n")));
    return speaker_hear_text(machine->speaker, text);
}

enum status machine_next(struct ctx *ctx, struct machine *machine, struct str text, float temperature,
                         struct sampler_choice **ret_choices, size_t *ret_count)
{
    size_t max = machine->model.pieces.count;
    struct sampler_choice *choices = arena_array(ctx->arena, struct sampler_choice, max);
    if (choices == NULL)
        return LIMIT;
    TRY(machine_hear(machine, text));
    *ret_count = speaker_choices(machine->speaker, temperature, choices, max);
    *ret_choices = choices;
    return OK;
}
