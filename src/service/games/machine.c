#include "service/games/machine.h"

#include <stdlib.h>

#include "core/town.h"
#include "language/model/shipped.h"

enum { ARENA_MAX = 64 << 20 };

static enum status load(struct machine *machine)
{
    struct shipped_model shipped;
    TRY(shipped_model(STR("nano"), &shipped));
    TRY(model_read(machine->arena, shipped.file, &machine->model));
    TRY(deck_read(machine->arena, shipped.deck, &machine->deck));
    return speaker_create(machine->arena, kernel_best(), &machine->model, &machine->speaker);
}

enum status machine_get(struct ctx *ctx, struct machine **ret_machine)
{
    struct machine *machine = ctx->town->state[GAMES_SLOT];
    if (machine == NULL) {
        machine = calloc(1, sizeof *machine);
        if (machine == NULL)
            return LIMIT;
        machine->arena = arena_create(ARENA_MAX);
        enum status done = load(machine);
        ctx->town->state[GAMES_SLOT] = machine;
        if (done != OK) {
            machine_close(ctx->town);
            return done;
        }
    }
    *ret_machine = machine;
    return OK;
}

void machine_close(struct town *town)
{
    struct machine *machine = town->state[GAMES_SLOT];
    if (machine == NULL)
        return;
    arena_destroy(&machine->arena);
    free(machine);
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
