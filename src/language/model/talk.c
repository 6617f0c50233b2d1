#include "language/model/talk.h"

#include "language/model/dialogue.h"

static void drop_first_turn(struct talk *talk)
{
    struct str turns = {talk->turns, talk->len}, rest = turns;
    str_cut(&rest, '\n');
    str_cut(&rest, '\n');
    size_t kept = str_is_absent(rest) ? 0 : rest.len;
    memmove(talk->turns, talk->turns + talk->len - kept, kept);
    talk->len = kept;
}

static bool hears(struct speaker *speaker, struct str prompt)
{
    size_t context = speaker->model->net.size.context;
    speaker_restart(speaker);
    return speaker_hear_text(speaker, prompt) == OK && speaker->position + TALK_ANSWER_TOKENS <= context;
}

static enum status say_it_all(struct talk *talk, struct speaker *speaker, struct str turn)
{
    char bytes[TALK_MAX + STREAM_TEXT_MAX];
    for (;;) {
        struct buf prompt = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
        buf_add_byte(&prompt, '\n');
        buf_add(&prompt, (struct str){talk->turns, talk->len});
        buf_add(&prompt, turn);
        if (hears(speaker, buf_str(&prompt)))
            return OK;
        if (talk->len == 0)
            return LIMIT;
        drop_first_turn(talk);
    }
}

static void keep_turn(struct talk *talk, struct str turn, struct str answer)
{
    size_t size = turn.len + answer.len + 1;
    while (talk->len > 0 && talk->len + size > TALK_MAX)
        drop_first_turn(talk);
    if (talk->len + size > TALK_MAX)
        return;
    struct buf turns = {.at = talk->turns, .len = talk->len, .room = TALK_MAX, .max = TALK_MAX};
    buf_add(&turns, turn);
    buf_add(&turns, answer);
    buf_add_byte(&turns, '\n');
    talk->len = turns.len;
}

enum status talk_ask(struct talk *talk, struct speaker *speaker, struct str question, float temperature,
                     struct seeded *seeded, struct speaker_said *said, size_t *ret_count, struct buf *out)
{
    char asked[STREAM_TEXT_MAX], said_bytes[TALK_ANSWER_MAX];
    struct buf turn = {.at = asked, .room = sizeof asked, .max = sizeof asked};
    struct buf answer = {.at = said_bytes, .room = sizeof said_bytes, .max = sizeof said_bytes};
    dialogue_prompt(&turn, question);
    struct str own = str_after(buf_str(&turn), 1); /* without the line end that begins a text */
    TRY(say_it_all(talk, speaker, own));
    speaker_say(speaker, temperature, seeded, said, SPEAKER_SAID_MAX, ret_count, &answer);
    keep_turn(talk, own, buf_str(&answer));
    buf_add(out, str_trim(buf_str(&answer)));
    return buf_status(out);
}
