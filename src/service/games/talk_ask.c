#include "service/games/talk_memory.h"

static struct talk_entry *find(struct talk_memory *memory, struct str key)
{
    for (size_t i = 0; i < TALK_MEMORY_MAX; i++) {
        struct talk_entry *entry = &memory->entries[i];
        if (entry->used != 0 && str_eq((struct str){entry->key, entry->key_len}, key))
            return entry;
    }
    return NULL;
}

static struct talk_entry *oldest(struct talk_memory *memory)
{
    struct talk_entry *oldest = &memory->entries[0];
    for (size_t i = 1; i < TALK_MEMORY_MAX; i++)
        if (memory->entries[i].used < oldest->used)
            oldest = &memory->entries[i];
    return oldest;
}

/* At temperature 0: always what is likeliest. */
static enum status say(struct machine *machine, struct str question, struct talk_entry *entry)
{
    struct speaker_said said[SPEAKER_SAID_MAX];
    struct buf answer = {.at = entry->answer, .room = sizeof entry->answer, .max = sizeof entry->answer};
    size_t count = 0;
    char raw_bytes[TALK_ANSWER_MAX]; /* with the blank before it: pieces count from there */
    struct buf raw = {.at = raw_bytes, .room = sizeof raw_bytes, .max = sizeof raw_bytes};
    TRY(talk_ask(&entry->talk, machine->speaker, question, 0, NULL, said, &count, &answer));
    entry->answer_len = answer.len;
    entry->least = 1;
    for (size_t i = 0; i < count; i++) {
        buf_add(&raw, pieces_text(&machine->model.pieces, said[i].token));
        if (said[i].probability < entry->least)
            entry->least = said[i].probability;
    }
    for (int field = 0; field < MEASURE_FIELDS; field++)
        entry->sure[field] =
            measure_sure(&machine->model.pieces, said, count, buf_str(&raw), (enum measure_field)field);
    return OK;
}

/* The answer to the last question of `key`; `before` is the talk up to there, NULL at its beginning. */
static enum status remember(struct talk_memory *memory, struct machine *machine, struct str key, struct str question,
                            const struct talk_entry *before, struct talk_entry **ret_entry)
{
    struct talk_entry *entry = find(memory, key);
    if (entry == NULL) {
        struct talk talk = {.len = 0};
        if (before != NULL)
            talk = before->talk;
        entry = oldest(memory);
        entry->used = 0;
        entry->talk = talk;
        TRY(say(machine, question, entry));
        memcpy(entry->key, key.at, key.len);
        entry->key_len = key.len;
    }
    entry->used = ++memory->uses;
    *ret_entry = entry;
    return OK;
}

enum status talk_answers(struct ctx *ctx, const struct str *questions, size_t count,
                         struct talk_turn ret_turns[TALK_TURNS_MAX])
{
    struct machine *machine;
    struct talk_memory *memory;
    struct buf key BUF_SCOPE = BUF_INIT(TALK_KEY_MAX);
    struct talk_entry *entry = NULL;
    if (count > TALK_TURNS_MAX)
        return LIMIT;
    TRY(machine_get(ctx, MACHINE_MOYEN, &machine));
    TRY(machine_talks(ctx, &memory));
    for (size_t i = 0; i < count; i++) {
        if (questions[i].len > TALK_QUESTION_MAX)
            return LIMIT;
        buf_add(&key, questions[i]);
        buf_add_byte(&key, '\n');
        TRY(buf_status(&key));
        TRY(remember(memory, machine, buf_str(&key), questions[i], entry, &entry));
        struct str answer = {entry->answer, entry->answer_len};
        ret_turns[i] = (struct talk_turn){
            .question = questions[i], .answer = str_copy(ctx->arena, answer), .least = entry->least};
        memcpy(ret_turns[i].sure, entry->sure, sizeof entry->sure);
    }
    return OK;
}

bool talk_is_known(struct ctx *ctx, const struct str *questions, size_t count)
{
    struct talk_memory *memory;
    struct buf key BUF_SCOPE = BUF_INIT(TALK_KEY_MAX);
    if (machine_talks(ctx, &memory) != OK)
        return false;
    for (size_t i = 0; i < count; i++) {
        buf_add(&key, questions[i]);
        buf_add_byte(&key, '\n');
    }
    return buf_status(&key) == OK && find(memory, buf_str(&key)) != NULL;
}
